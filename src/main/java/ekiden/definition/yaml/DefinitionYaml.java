package ekiden.definition.yaml;

import ekiden.base.MessageId;
import ekiden.definition.DefinitionMessage;
import ekiden.definition.DefinitionReading;
import ekiden.definition.JobnetTree;
import ekiden.definition.KnownProfiles;
import ekiden.model.definition.Jobnet;
import ekiden.yaml.YamlFault;
import ekiden.yaml.YamlLimits;
import ekiden.yaml.YamlNode;
import ekiden.yaml.YamlProblems;
import ekiden.yaml.YamlText;
import ekiden.yaml.YamlWriter;
import org.jspecify.annotations.Nullable;

/** Reads and writes definitions as YAML. Pure; safe from any thread. */
public final class DefinitionYaml {
    private DefinitionYaml() {}

    /**
     * Reads a definition without looking at profiles.
     *
     * @param file the name that messages show
     * @param text the whole file
     * @return the jobnet, or everything that is wrong with the file
     */
    public static DefinitionReading read(String file, String text) {
        return read(file, text, null, YamlLimits.DEFAULT);
    }

    /**
     * Reads a definition within the usual limits.
     *
     * @param file the name that messages show
     * @param text the whole file
     * @param profiles those it may name, or null where they are not known
     * @return the jobnet, or everything that is wrong with the file
     */
    public static DefinitionReading read(String file, String text, @Nullable KnownProfiles profiles) {
        return read(file, text, profiles, YamlLimits.DEFAULT);
    }

    /**
     * Reads a definition.
     *
     * @param file the name that messages show
     * @param text the whole file
     * @param profiles those it may name, or null where they are not known
     * @param limits bounds of the file
     * @return the jobnet, or everything that is wrong with the file
     */
    public static DefinitionReading read(
            String file, String text, @Nullable KnownProfiles profiles, YamlLimits limits) {
        return read(file, text, profiles, limits, TemplateFiles.NONE);
    }

    /**
     * Reads a definition, and with it the templates that it names.
     *
     * @param file the name that messages show
     * @param text the whole file
     * @param profiles those it may name, or null where they are not known
     * @param templates gives the files that are filled with values
     * @return the jobnet, or everything that is wrong with the file and its templates
     */
    public static DefinitionReading read(
            String file, String text, @Nullable KnownProfiles profiles, TemplateFiles templates) {
        return read(file, text, profiles, YamlLimits.DEFAULT, templates);
    }

    private static DefinitionReading read(
            String file, String text, @Nullable KnownProfiles profiles, YamlLimits limits, TemplateFiles templates) {
        YamlProblems problems = new YamlProblems(file, DefinitionYaml::id, limits);
        YamlNode root = YamlText.read(text, limits, problems);
        Jobnet jobnet = root == null ? null : new JobnetParser(new Notes(problems, profiles, templates)).parse(root);
        return jobnet == null || !problems.none()
                ? new DefinitionReading.Wrong(problems.all())
                : new DefinitionReading.Read(jobnet);
    }

    /**
     * @param jobnet any
     * @return a file that {@link #read} reads as the same jobnet; the same text for equal jobnets
     */
    public static String write(Jobnet jobnet) {
        return YamlWriter.write(JobnetTree.of(jobnet));
    }

    /** The message of a fault. */
    static MessageId id(YamlFault fault) {
        return switch (fault) {
            case SYNTAX -> DefinitionMessage.SYNTAX;
            case TOO_LARGE -> DefinitionMessage.TOO_LARGE;
            case TOO_DEEP -> DefinitionMessage.TOO_DEEP;
            case NOT_PLAIN -> DefinitionMessage.NOT_PLAIN;
            case DUPLICATE_KEY -> DefinitionMessage.DUPLICATE_KEY;
            case UNKNOWN_KEY -> DefinitionMessage.UNKNOWN_KEY;
            case MISSPELT_KEY -> DefinitionMessage.MISSPELT_KEY;
            case WRONG_TYPE -> DefinitionMessage.WRONG_TYPE;
            case NUL -> DefinitionMessage.NUL;
            case MISSING_KEY -> DefinitionMessage.MISSING_KEY;
            case BAD_VALUE -> DefinitionMessage.BAD_VALUE;
            case TOO_MANY -> DefinitionMessage.TOO_MANY;
        };
    }
}
