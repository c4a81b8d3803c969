import { defineTexts } from '../chat/texts.js';

export const deliveryTexts = defineTexts(
  {
    detour: 'Dit bericht was bedoeld voor {{channel}}, maar raakte daar niet: {{reason}}',
  },
  {
    detour: 'This message was meant for {{channel}}, but could not get there: {{reason}}',
  },
);
