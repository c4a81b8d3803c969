import { describe, expect, it } from 'vitest';
import { walkedPhases } from '../../src/status-site/walked-phases.js';
import type { SignalStatus, TimelineEntry } from '../../src/storage/database.js';

const step = (toStatus: SignalStatus | null, kind: TimelineEntry['kind'] = 'status') => ({ kind, toStatus });

describe('the phases shown as passed', () => {
  it('are the ones the signal went through, not every one before where it stands', () => {
    const declined = [step('received', 'filed'), step('in_review'), step('declined')];
    expect([...walkedPhases(declined)]).toEqual(['opmerken', 'verzamelen', 'feedback']);
  });

  it('leave out a step that was taken back', () => {
    const corrected = [step('received', 'filed'), step('in_review'), step('declined'), step('in_review', 'corrected')];
    expect([...walkedPhases(corrected)]).toEqual(['opmerken', 'verzamelen']);
  });

  it('keep a step whose correction was itself a mistake', () => {
    const twice = [
      step('received', 'filed'),
      step('accepted'),
      step('received', 'corrected'),
      step('accepted', 'corrected'),
    ];
    expect([...walkedPhases(twice)]).toEqual(['opmerken', 'analyseren']);
  });

  it('take no notice of entries that are no step, between a step and its correction either', () => {
    const noted = [
      step('received', 'filed'),
      step('in_review'),
      step('accepted'),
      step(null, 'note'),
      step('in_review', 'corrected'),
    ];
    expect([...walkedPhases(noted)]).toEqual(['opmerken', 'verzamelen']);
  });

  it('end where a signal was withdrawn', () => {
    expect([...walkedPhases([step('received', 'filed'), step('withdrawn')])]).toEqual(['opmerken']);
  });
});
