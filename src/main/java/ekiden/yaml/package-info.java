/**
 * Reads the YAML files that people write, definitions and settings, into a tree that remembers the place of everything, and
 * collects all that is wrong with them instead of stopping at the first. The only package that sees the YAML library.
 *
 * <p>Understands plain YAML only: no anchors, aliases, tags or second documents (a definition is data, and aliases can
 * blow up). Limits: {@link ekiden.yaml.YamlLimits}. Reads no file, knows neither jobnets nor settings; the message ids are the caller's.
 */
@NullMarked
package ekiden.yaml;

import org.jspecify.annotations.NullMarked;
