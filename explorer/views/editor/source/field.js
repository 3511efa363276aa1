// The field: small, since Streamlit sends it again with each change of its data.
import { given } from "./share.js";

export default async (component) => {
  const { open, known } = await given(component.data.known);
  return open({ ...component, data: { ...component.data, ...known } });
};
