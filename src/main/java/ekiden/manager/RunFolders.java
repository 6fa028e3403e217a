package ekiden.manager;

import ekiden.model.definition.NamePattern;
import ekiden.model.definition.PartChecks;
import ekiden.model.definition.SaveOptions;
import ekiden.model.definition.SaveRule;
import ekiden.model.run.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the files of runs lie: {@code FILES/UNIT#NUMBER} for a run ({@code #} is in no unit's name), {@code FILES/UNIT/mail} for mails by default. Pure. */
final class RunFolders {
    private RunFolders() {}

    static Path unitFolder(ManagerSettings settings, Run run) {
        return settings.files().resolve(run.unit().substring(1));
    }

    static Path runFolder(ManagerSettings settings, Run run) {
        return settings.files().resolve(run.label().substring(1));
    }

    /** Where folders of mails are made, each name of it a pattern. */
    static String mailFolder(ManagerSettings settings, Run run, SaveRule rule) {
        return place(settings, run, rule.to() == null ? "mail" : rule.to());
    }

    /** How the files are made, with whole paths; null where nothing is said. */
    static @Nullable SaveOptions options(ManagerSettings settings, Run run, SaveRule rule, String definitions) {
        SaveOptions options = rule.options();
        if (options == null) {
            return null;
        }
        String list = options.receptionList();
        return options.withReceptionList(list == null ? null : place(settings, run, list))
                .withChecks(checks(options.checks(), Path.of(definitions)));
    }

    /** A program with a slash starts from the definition's folder; a bare name is looked up on the agent's PATH. */
    private static @Nullable PartChecks checks(@Nullable PartChecks checks, Path definitions) {
        PartChecks.Filter filter = checks == null ? null : checks.filter();
        if (checks == null || filter == null || !filter.command().getFirst().contains("/")) {
            return checks;
        }
        List<String> command = new ArrayList<>(filter.command());
        command.set(0, definitions.resolve(command.getFirst()).normalize().toString());
        return new PartChecks(new PartChecks.Filter(command, filter.timeout(), filter.onFailure()), checks.scan());
    }

    /** The names of a definition are patterns, those of the folders where its files lie are not. */
    private static String place(ManagerSettings settings, Run run, String patterns) {
        Path files = Path.of(NamePattern.literal(unitFolder(settings, run).toString()));
        return files.resolve(patterns).normalize().toString();
    }
}
