// The field: small, since Streamlit sends it again with each change of its data.
import { share } from "./share.js";

export default async (component) => (await share().code)(component);
