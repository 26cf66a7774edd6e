// The only words for the customer that the page owns: those it needs when nobody can send it any.

const WORDS = {
  en: { connecting: 'One moment…', lost: 'Connecting again…' },
  de: { connecting: 'Einen Moment…', lost: 'Verbindung wird wiederhergestellt…' },
  es: { connecting: 'Un momento…', lost: 'Conectando de nuevo…' },
  fr: { connecting: 'Un instant…', lost: 'Reconnexion en cours…' },
  hi: { connecting: 'एक क्षण…', lost: 'फिर से जोड़ा जा रहा है…' },
  ar: { connecting: 'لحظة من فضلك…', lost: 'جارٍ إعادة الاتصال…' },
};

export const wordsFor = (lang) => WORDS[lang?.split('-')[0]] ?? WORDS.en;
