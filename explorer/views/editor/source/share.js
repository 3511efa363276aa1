// Where the code, which is sent once, meets the field that uses it; whichever comes first waits for the other.
export const share = () => {
  if (!window.explorerEditor) {
    let give;
    const code = new Promise((resolve) => { give = resolve; });
    window.explorerEditor = { code, give };
  }
  return window.explorerEditor;
};
