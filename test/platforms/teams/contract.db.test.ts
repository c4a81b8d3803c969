import { describePlatform } from '../contract.js';
import { createTeamsDriver, teamsAddressOf } from './teams-driver.js';

describePlatform('teams', createTeamsDriver, teamsAddressOf);
