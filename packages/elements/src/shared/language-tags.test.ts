import { expect } from '@open-wc/testing';
import { directionOf, namesOf, validTag, writtenAs } from './language-tags.js';

describe('language tags', () => {
  it('go by all their names, the nearest first', () => {
    expect(namesOf('zh-TW')).to.deep.equal(['zh-tw', 'zh-hant-tw', 'zh-hant', 'zh']);
    expect(namesOf('pt-BR')).to.deep.equal(['pt-br', 'pt-latn-br', 'pt-latn', 'pt']);
    expect(namesOf('en')).to.deep.equal(['en', 'en-latn-us', 'en-latn']);
  });

  it('are taken as pages and systems write them', () => {
    expect(['en_US', 'en-US@posix', 'fr', 'C', 'not a language', ''].map(validTag)).to.deep.equal([
      'en-US',
      'en-US',
      'fr',
      null,
      null,
      null,
    ]);
  });

  it('are one language in one script', () => {
    expect(['es-MX', 'zh', 'zh-SG', 'zh-HK', 'sr-Latn', 'ar-EG'].map(writtenAs)).to.deep.equal([
      'es-Latn',
      'zh-Hans',
      'zh-Hans',
      'zh-Hant',
      'sr-Latn',
      'ar-Arab',
    ]);
  });

  it('have a direction', () => {
    expect(['ar', 'he', 'fa-IR', 'ur', 'ar-XB'].map(directionOf)).to.deep.equal(['rtl', 'rtl', 'rtl', 'rtl', 'rtl']);
    expect(['en', 'az', 'zh-Hans', 'ku-Latn', 'xx'].map(directionOf)).to.deep.equal([
      'ltr',
      'ltr',
      'ltr',
      'ltr',
      'ltr',
    ]);
  });
});
