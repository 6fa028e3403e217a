package ekiden.cli;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;

/**
 * Describes one command, or the names below one, to picocli: by calls instead of annotations, which would have it look at every
 * command's class with each start.
 */
final class Picocli {
    private static final int WIDTH = 100;

    private final Words words;

    Picocli(Words words) {
        this.words = words;
    }

    /** The words of a call taken apart. */
    ParseResult parse(Leaf leaf, List<String> args) {
        return line(leaf).parseArgs(args.toArray(String[]::new));
    }

    String help(Leaf leaf) {
        return line(leaf).getUsageMessage(Ansi.OFF);
    }

    String help(Tree.Node group) {
        CommandSpec spec = spec(group.path());
        for (Tree.Node node : group.below()) {
            spec.addSubcommand(node.name(), new CommandLine(spec(node.path())));
        }
        UsageMessageSpec usage = spec.usageMessage();
        usage.synopsisSubcommandLabel(words.of("help.command"));
        usage.footer(words.of("help.more"));
        return configured(spec).getUsageMessage(Ansi.OFF);
    }

    private CommandLine line(Leaf leaf) {
        CommandSpec spec = spec(leaf.path());
        for (Opt option : leaf.allOptions()) {
            spec.addOption(option(leaf.path(), option));
        }
        spec.addOption(OptionSpec.builder("--help", "-h")
                .usageHelp(true)
                .description(words.of("any.--help"))
                .build());
        for (int i = 0; i < leaf.params().size(); i++) {
            spec.addPositional(positional(leaf.path(), i, leaf.params().get(i)));
        }
        String footer = leaf.path() + ".more";
        if (words.has(footer)) {
            spec.usageMessage().footer(words.of(footer).split("\n", -1));
        }
        return configured(spec);
    }

    private CommandSpec spec(String path) {
        CommandSpec spec = CommandSpec.create().name(path.isEmpty() ? "ekiden" : "ekiden " + path);
        UsageMessageSpec usage = spec.usageMessage();
        usage.description(words.of(path.isEmpty() ? "ekiden" : path));
        usage.synopsisHeading(words.of("help.usage") + " ");
        usage.descriptionHeading("%n");
        usage.parameterListHeading("%n");
        usage.optionListHeading("%n");
        usage.commandListHeading("%n" + words.of("help.commands") + "%n");
        usage.footerHeading("%n");
        usage.sortOptions(false);
        usage.width(WIDTH);
        return spec;
    }

    private static CommandLine configured(CommandSpec spec) {
        CommandLine line = new CommandLine(spec);
        line.setUnmatchedArgumentsAllowed(false);
        line.setOverwrittenOptionsAllowed(false);
        line.setExpandAtFiles(false);
        return line;
    }

    private OptionSpec option(String command, Opt option) {
        OptionSpec.Builder builder = OptionSpec.builder(option.name()).description(words.of(command, option.name()));
        String label = option.label();
        if (label == null) {
            return builder.arity("0").type(boolean.class).build();
        }
        builder.paramLabel(label);
        return option.many()
                ? builder.arity("1").type(List.class).auxiliaryTypes(String.class).build()
                : builder.arity("1").type(String.class).build();
    }

    private PositionalParamSpec positional(String command, int index, Param param) {
        boolean many = param.arity().endsWith("*");
        PositionalParamSpec.Builder builder = PositionalParamSpec.builder()
                .paramLabel(param.label())
                .arity(param.arity())
                .index(many ? index + "..*" : Integer.toString(index))
                .description(words.of(command, param.label()));
        return many
                ? builder.type(List.class).auxiliaryTypes(String.class).build()
                : builder.type(String.class).build();
    }

    /** The command behind a name. */
    static Leaf leaf(Tree.Node node) {
        Supplier<Leaf> leaf = Objects.requireNonNull(node.leaf());
        return leaf.get();
    }
}
