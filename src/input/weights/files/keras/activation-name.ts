import { isObject } from "../../../objects.ts";

/**
 * What a configuration says of an activation: its name, or that of the function or the layer that Keras keeps as an object. A layer
 * `Activation` is the activation that it has.
 */
export function activationName(activation: unknown): string | null {
  if (typeof activation === "string") return activation;
  if (!isObject(activation)) return null;
  const { config, class_name: className } = activation;
  if (className === "Activation" && isObject(config)) return activationName(config.activation) ?? className;
  return typeof config === "string" ? config : typeof className === "string" ? className : "an object";
}
