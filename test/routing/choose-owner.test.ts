import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseOwner, type RouteFacts } from '../../src/routing/choose-owner.js';

const facts = (changed: Partial<RouteFacts>): RouteFacts => ({
  neighbourhoodIds: ['rabot'],
  assignments: [{ neighbourhoodId: 'rabot', personId: 'an', active: true }],
  leaves: [],
  coordinatorId: 'coordinator',
  ...changed,
});

describe('who answers for a signal', () => {
  it('is the regisseur of the neighbourhood', () => {
    expect(chooseOwner(facts({}))).toEqual({
      ownerId: 'an',
      reason: { rule: 'assignment', neighbourhoodId: 'rabot' },
      followerIds: [],
    });
  });

  it('is the coordinator for the whole city', () => {
    expect(chooseOwner(facts({ neighbourhoodIds: [] }))).toMatchObject({
      ownerId: 'coordinator',
      reason: { rule: 'city_wide' },
    });
  });

  it('is the replacement during leave', () => {
    const route = chooseOwner(facts({ leaves: [{ personId: 'an', replacementId: 'bo' }] }));
    expect(route).toMatchObject({ ownerId: 'bo', reason: { rule: 'replacement', regisseurId: 'an' } });
  });

  it.each<[string, Partial<RouteFacts>, string]>([
    ['nobody has the neighbourhood', { assignments: [] }, 'no_assignment'],
    ['the regisseur is on leave without replacement', { leaves: [{ personId: 'an', replacementId: null }] }, 'absent'],
    [
      'the replacement is on leave too',
      {
        leaves: [
          { personId: 'an', replacementId: 'bo' },
          { personId: 'bo', replacementId: null },
        ],
      },
      'absent',
    ],
    ['the regisseur left', { assignments: [{ neighbourhoodId: 'rabot', personId: 'an', active: false }] }, 'absent'],
  ])('is the coordinator when %s', (_, changed, rule) => {
    expect(chooseOwner(facts(changed))).toMatchObject({ ownerId: 'coordinator', reason: { rule } });
  });

  it('is the regisseur of the first neighbourhood named; the others follow, each once', () => {
    const route = chooseOwner(
      facts({
        neighbourhoodIds: ['rabot', 'dampoort', 'oostakker', 'ledeberg'],
        assignments: [
          { neighbourhoodId: 'dampoort', personId: 'bo', active: true },
          { neighbourhoodId: 'oostakker', personId: 'bo', active: true },
          { neighbourhoodId: 'rabot', personId: 'an', active: true },
          { neighbourhoodId: 'ledeberg', personId: 'an', active: true },
        ],
      }),
    );
    expect(route.ownerId).toBe('an');
    expect(route.followerIds).toEqual(['bo']);
  });

  it('is always exactly one person, who is there, whatever the assignments and leaves', () => {
    const person = fc.constantFrom('an', 'bo', 'cas');
    const place = fc.constantFrom('rabot', 'dampoort', 'ledeberg');
    fc.assert(
      fc.property(
        fc.uniqueArray(place),
        fc.array(fc.record({ neighbourhoodId: place, personId: person, active: fc.boolean() })),
        fc.array(fc.record({ personId: person, replacementId: fc.option(person) })),
        (neighbourhoodIds, assignments, leaves) => {
          const { ownerId, followerIds } = chooseOwner({
            neighbourhoodIds,
            assignments,
            leaves,
            coordinatorId: 'coordinator',
          });
          expect(ownerId === 'coordinator' || !leaves.some((leave) => leave.personId === ownerId)).toBe(true);
          expect(followerIds).not.toContain(ownerId);
        },
      ),
    );
  });
});
