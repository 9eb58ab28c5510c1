// The service standard with what stands above it: the replay of the last quarter under a draft.
import { ReplayCard } from '../../domain/replays/screens/parts/ReplayCard.tsx';
import { StandardScreen } from '../../domain/standards/screens/StandardScreen.tsx';

export const StandardPage = () => <StandardScreen Replay={ReplayCard} />;
