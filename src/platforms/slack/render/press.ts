/** Action ids of buttons and menus on cards begin with this; the number makes them unique in their block. */
const PRESS = 'press';

export const pressId = (index: number) => `${PRESS}:${index}`;
