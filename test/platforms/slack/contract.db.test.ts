import { describePlatform } from '../contract.js';
import { createSlackDriver, slackAddressOf } from './slack-driver.js';

describePlatform('slack', createSlackDriver, slackAddressOf);
