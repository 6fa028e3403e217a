package ekiden.cli;

import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The names of all commands, in the order of the help. What stands behind a name is put together only when it is called. */
final class Tree {
    /**
     * A name behind {@code ekiden}, or behind another name.
     *
     * @param path all words, for example {@code mail quarantine}
     * @param below further names, empty for a command
     * @param leaf the command, or null where there are further names
     */
    record Node(String path, List<Node> below, @Nullable Supplier<Leaf> leaf) {
        /** What stands behind the name of a command. */
        Leaf command() {
            return Objects.requireNonNull(leaf).get();
        }

        String name() {
            return path.substring(path.lastIndexOf(' ') + 1);
        }

        @Nullable
        Node find(String name) {
            for (Node node : below) {
                if (node.name().equals(name)) {
                    return node;
                }
            }
            return null;
        }
    }

    private Tree() {}

    static Node root() {
        return new Node(
                "",
                List.of(
                        leaf("quickstart", ProcessCommands::quickstart),
                        leaf("up", ProcessCommands::up),
                        group(
                                "unit",
                                leaf("unit check", UnitCheck::leaf),
                                leaf("unit define", UnitCommands::define),
                                leaf("unit list", UnitCommands::list),
                                leaf("unit show", UnitCommands::show),
                                leaf("unit diff", UnitCommands::diff),
                                leaf("unit delete", UnitCommands::delete)),
                        group(
                                "run",
                                leaf("run start", RunCommands::start),
                                leaf("run list", RunCommands::list),
                                leaf("run show", RunCommands::show),
                                leaf("run watch", RunCommands::watch),
                                leaf("run kill", RunCommands::kill),
                                leaf("run rerun", RerunCommand::rerun),
                                leaf("run log", RunCommands::log)),
                        group(
                                "mail",
                                leaf("mail wait", MailFileCommands::await),
                                leaf("mail send", MailFileCommands::send),
                                leaf("mail read", MailFileCommands::read),
                                leaf("mail list", MailCommands::list),
                                leaf("mail show", MailCommands::show),
                                leaf("mail why", MailCommands::why),
                                leaf("mail rehearse", RehearseCommand::leaf),
                                leaf("mail reconcile", MailCommands::reconcile),
                                leaf("mail outbox", OutboxCommand::outbox),
                                leaf("mail prune", PruneCommand::prune),
                                group(
                                        "mail quarantine",
                                        leaf("mail quarantine list", MailCommands::quarantineList),
                                        leaf("mail quarantine show", MailCommands::quarantineShow),
                                        leaf("mail quarantine release", MailCommands::release),
                                        leaf("mail quarantine drop", MailCommands::drop))),
                        group(
                                "alarm",
                                leaf("alarm list", OtherCommands::alarms),
                                leaf("alarm clear", OtherCommands::clear)),
                        group(
                                "profile",
                                leaf("profile list", OtherCommands::profiles),
                                leaf("profile test", OtherCommands::test),
                                leaf("profile resume", OtherCommands::resume)),
                        group(
                                "address",
                                leaf("address resolve", AddressCommands::resolve),
                                leaf("address list", AddressCommands::list)),
                        leaf("explain", OtherCommands::explain)),
                null);
    }

    private static Node leaf(String path, Supplier<Leaf> leaf) {
        return new Node(path, List.of(), leaf);
    }

    private static Node group(String path, Node... below) {
        return new Node(path, List.of(below), null);
    }
}
