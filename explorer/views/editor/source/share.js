// Where the code, which is sent once with the words it knows, meets the field that uses both; whichever comes first waits.
const meetings = () => (window.explorerEditor ??= {});
const meeting = (digest) => {
  const all = meetings();
  if (!all[digest]) {
    let give;
    const given = new Promise((resolve) => { give = resolve; });
    all[digest] = { given, give };
  }
  return all[digest];
};

export const give = (digest, given) => meeting(digest).give(given);
export const given = (digest) => meeting(digest).given;
