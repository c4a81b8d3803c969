// What the playground's pages need beyond htmx. Plain modules, served as they stand.
import './playground-composer.js';
import './playground-dialog.js';
import './playground-menu.js';
import { startLive } from './playground-live.js';

startLive();
