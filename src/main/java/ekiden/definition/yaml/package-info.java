/**
 * Definitions as YAML files: read with all problems at once, written in a stable order. The keys are those of
 * {@link ekiden.definition.yaml.DefinitionKeys} and {@code ekiden/schema/definition.schema.json}.
 *
 * <p>Pure: takes text, gives a jobnet or problems; opens no file and asks no settings (the caller may name the known profiles).
 * Limits: {@link ekiden.yaml.YamlLimits}.
 */
@NullMarked
package ekiden.definition.yaml;

import org.jspecify.annotations.NullMarked;
