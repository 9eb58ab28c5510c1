// Settings with the butlers' areas: accounts know posts, the areas are of places.
import { AccountsScreen } from '../../domain/access/screens/AccountsScreen.tsx';
import { AreaCard } from '../../domain/places/screens/parts/AreaCard.tsx';

export const AccountsPage = () => <AccountsScreen AreaEditor={AreaCard} />;
