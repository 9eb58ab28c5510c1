// A survey by its link 问卷页: no account, no session, one page. The token stands behind the #, so that no server log and no
// next page ever sees it.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { AnswerPage } from '../../domain/surveys/screens/answer/AnswerPage.tsx';
import { Crash } from '../../ui/Crash.tsx';
import '../../ui/tokens.css';
import '../../ui/kit.css';

// Another code scanned into the same tab only changes what stands behind the #: the page begins anew.
window.addEventListener('hashchange', () => window.location.reload());

const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <Crash>
        <AnswerPage token={window.location.hash.slice(1)} />
      </Crash>
    </StrictMode>,
  );
