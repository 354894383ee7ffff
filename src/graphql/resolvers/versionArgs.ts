/** Options of the arguments that both lists of versions take. */
export const FILTER = { nullable: true, description: 'Which versions; null or left out: all.' };
export const ORDER_BY = { nullable: true, description: 'How they are sorted; null or left out: the highest version first.' };
