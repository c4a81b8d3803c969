/** The procedure's steps once more, written by hand and apart from the code: from, to, and who may. */
export const ALLOWED = new Map<string, 'owner' | 'filer'>(
  `
received in_review owner
received needs_info owner
received withdrawn filer
in_review needs_info owner
in_review withdrawn filer
in_review accepted owner
in_review merged owner
in_review redirected owner
in_review declined owner
needs_info in_review owner
needs_info withdrawn filer
needs_info accepted owner
needs_info merged owner
needs_info redirected owner
needs_info declined owner
accepted merged owner
accepted on_agenda owner
accepted in_action owner
accepted at_policy owner
accepted resolved owner
accepted closed owner
on_agenda in_action owner
on_agenda at_policy owner
on_agenda accepted owner
on_agenda resolved owner
on_agenda closed owner
in_action at_policy owner
in_action accepted owner
in_action resolved owner
in_action closed owner
at_policy in_action owner
at_policy accepted owner
at_policy resolved owner
at_policy closed owner
merged in_review owner
declined in_review owner
redirected in_review owner
resolved in_review owner
closed in_review owner
`
    .trim()
    .split('\n')
    .map((line) => {
      const [from, to, who] = line.split(' ');
      return [`${from} > ${to}`, who as 'owner' | 'filer'];
    }),
);
