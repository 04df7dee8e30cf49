/** Whether parsed JSON is what TensorFlow.js writes as model.json. */
export function isTfjsModel(json: unknown): json is Readonly<Record<"weightsManifest", unknown>> {
  return typeof json === "object" && json !== null && "weightsManifest" in json;
}
