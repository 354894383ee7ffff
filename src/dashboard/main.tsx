import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './styles.css';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { takeToken } from './api/session';
import { startTranslations } from './i18n/i18n';

takeToken(window);
await startTranslations();
const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<App />);
