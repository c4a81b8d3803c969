import { describePlatform } from '../contract.js';
import { createPlaygroundDriver } from './playground-driver.js';

describePlatform('playground', createPlaygroundDriver);
