// The only words for the customer that the page owns: those it needs when nobody can send it any.

const WORDS = {
  en: { connecting: 'One moment…', lost: 'Connecting again…' },
  de: { connecting: 'Einen Moment…', lost: 'Verbindung wird wiederhergestellt…' },
};

export const wordsFor = (lang) => WORDS[lang?.split('-')[0]] ?? WORDS.en;
