import { defineTexts } from '../chat/texts.js';

export const reminderTexts = defineTexts(
  {
    'schedule.owner': 'herinnering aan wie een signaal opvolgt',
    'schedule.again': 'nieuwe herinnering aan wie een signaal opvolgt',
    'schedule.coordinator': 'herinnering aan de coördinator',
    'summary.owner': 'Herinnering: {{reference}} · {{title}}',
    'summary.again': 'Opnieuw een herinnering: {{reference}} · {{title}}',
    'summary.coordinator': 'Nog zonder stap: {{reference}} · {{title}}',
    'heading.owner': 'Herinnering',
    'heading.again': 'Opnieuw een herinnering',
    'heading.coordinator': 'Een signaal wacht nog altijd',
    'waiting.received':
      'Dit signaal kwam binnen op {{since}} en wacht om opgenomen te worden. Vandaag is de laatste dag.',
    'waiting.received.overdue': 'Dit signaal kwam binnen op {{since}} en moest uiterlijk {{due}} opgenomen zijn.',
    'waiting.stalled':
      'Dit signaal staat sinds {{since}} op ‘{{status}}’. Wat is de volgende stap? Lukt het nu niet, stel de herinnering dan uit.',
    'waiting.needs_info':
      'Er kwam nog geen antwoord op de vraag aan de melder. Onderzoek zelf verder, of beslis met wat er is.',
    'waiting.on_agenda': 'De bijeenkomst was op {{due}}. Leg vast wat eruit kwam, zodat de melder het weet.',
    'waiting.in_action':
      'De actie moest klaar zijn tegen {{due}}. Is ze gedaan? Sluit dan af; anders: stel uit of ga terug naar analyse.',
    'waiting.at_policy':
      'Een antwoord van het beleid werd verwacht tegen {{due}}. Is het er? Leg het vast; anders: vraag na en stel uit.',
    escalation:
      '{{owner}} kreeg hiervoor op {{day}} een herinnering, en sindsdien is er geen stap gezet. Bekijk samen wat nodig is, of neem het over.',
    'snooze.week': 'Volgende week opnieuw',
    'snooze.other': 'Anders uitstellen',
    'form.title': 'Herinnering uitstellen',
    'form.submit': 'Stel uit',
    'form.note': 'Met de volgende stap lopen de herinneringen vanzelf weer. De melder merkt hier niets van.',
    'form.how': 'Tot wanneer?',
    'form.how.week': 'Een week',
    'form.how.weeks2': 'Twee weken',
    'form.how.weeks4': 'Vier weken',
    'form.how.date': 'Tot een datum',
    'form.how.never': 'Nooit meer voor deze stap',
    'form.until': 'Datum',
    'form.until.hint': 'Alleen als je ‘tot een datum’ kiest.',
    'error.until': 'Kies de datum waarop je opnieuw een herinnering wil.',
    'error.past': 'Die dag is voorbij of vandaag. Kies een dag die nog komt.',
    'error.far': 'Dat is meer dan een jaar ver. Kies een dag binnen het jaar, of ‘nooit meer voor deze stap’.',
    'snoozed.until': 'Voor {{reference}} krijg je geen herinnering voor {{day}}.',
    'snoozed.never': 'Voor {{reference}} komt er geen herinnering meer, tot de volgende stap.',
  },
  {
    'schedule.owner': 'reminder to whoever follows a signal up',
    'schedule.again': 'new reminder to whoever follows a signal up',
    'schedule.coordinator': 'reminder to the coordinator',
    'summary.owner': 'Reminder: {{reference}} · {{title}}',
    'summary.again': 'Reminder, once more: {{reference}} · {{title}}',
    'summary.coordinator': 'Still no step: {{reference}} · {{title}}',
    'heading.owner': 'Reminder',
    'heading.again': 'Reminder, once more',
    'heading.coordinator': 'A signal is still waiting',
    'waiting.received': 'This signal came in on {{since}} and waits to be taken on. Today is the last day.',
    'waiting.received.overdue': 'This signal came in on {{since}} and should have been taken on by {{due}}.',
    'waiting.stalled':
      'This signal has been ‘{{status}}’ since {{since}}. What is the next step? If it has to wait, put the reminder off.',
    'waiting.needs_info':
      'There is no answer yet to the question to the filer. Look further yourself, or decide with what there is.',
    'waiting.on_agenda': 'The meeting was on {{due}}. Record what came of it, so that the filer knows.',
    'waiting.in_action':
      'The action was to be done by {{due}}. Is it? Then close it; if not, put it off or go back to analysis.',
    'waiting.at_policy':
      'An answer of the policy makers was due by {{due}}. Is it there? Record it; if not, ask again and put it off.',
    escalation:
      '{{owner}} was reminded of this on {{day}}, and no step was taken since. See together what is needed, or take it over.',
    'snooze.week': 'Again next week',
    'snooze.other': 'Put off otherwise',
    'form.title': 'Put the reminder off',
    'form.submit': 'Put off',
    'form.note': 'The next step starts the reminders again. The filer does not notice.',
    'form.how': 'Until when?',
    'form.how.week': 'A week',
    'form.how.weeks2': 'Two weeks',
    'form.how.weeks4': 'Four weeks',
    'form.how.date': 'Until a date',
    'form.how.never': 'Never again for this step',
    'form.until': 'Date',
    'form.until.hint': 'Only when you choose ‘until a date’.',
    'error.until': 'Choose the day on which you want to be reminded again.',
    'error.past': 'That day has passed or is today. Choose a day that is still to come.',
    'error.far': 'That is more than a year away. Choose a day within the year, or ‘never again for this step’.',
    'snoozed.until': 'You will not be reminded of {{reference}} before {{day}}.',
    'snoozed.never': 'There will be no more reminders of {{reference}}, until the next step.',
  },
);
