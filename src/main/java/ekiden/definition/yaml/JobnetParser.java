package ekiden.definition.yaml;

import ekiden.definition.DefinitionDefaults;
import ekiden.definition.DefinitionMessage;
import ekiden.definition.ValueNames;
import ekiden.model.definition.Job;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.UnitName;
import ekiden.model.definition.Work;
import ekiden.yaml.Fields;
import ekiden.yaml.KeySet;
import ekiden.yaml.Located;
import ekiden.yaml.Place;
import ekiden.yaml.YamlFault;
import ekiden.yaml.YamlNode;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tree of a whole file into a jobnet. */
final class JobnetParser {
    private static final List<String> WORKS = List.of("receive-mail", "command", "script", "send-mail");

    private final Notes notes;
    private final WorkParser works;

    JobnetParser(Notes notes) {
        this.notes = notes;
        this.works = new WorkParser(notes);
    }

    /** A job whose work may have been unreadable; it still counts for needs and templates. */
    record Draft(
            String name,
            YamlNode.Entry entry,
            List<Located> needs,
            @Nullable Work work,
            @Nullable Job job) {}

    /** {@return the jobnet, or null where something is wrong; then it was noted} */
    @Nullable
    Jobnet parse(YamlNode root) {
        Fields file = notes.open(root, "", DefinitionKeys.FILE);
        if (file == null) {
            return null;
        }
        if (file.required("version") != null) {
            file.number("version", 1, 1, 1);
        }
        UnitName name = name(file);
        YamlNode startNode = file.node("start");
        Fields startFields = startNode == null ? null : notes.open(startNode, "start", DefinitionKeys.START);
        ReceiveMail start = startFields == null ? null : start(startFields);
        Integer times = startFields == null ? null : times(startFields);
        Jobnet.Overlap overlap = file.choice("overlap", Jobnet.Overlap.class, Jobnet.Overlap.QUEUE);
        List<Draft> drafts = jobs(file, startNode != null);
        new JobGraph(notes, drafts, startNode != null).check();
        notes.checkUnits(name);
        List<Job> jobs = new ArrayList<>();
        for (Draft draft : drafts) {
            Job job = draft.job();
            if (job != null) {
                jobs.add(job);
            }
        }
        return name == null || (jobs.isEmpty() && start == null) ? null : new Jobnet(name, start, times, overlap, jobs);
    }

    private @Nullable UnitName name(Fields file) {
        String text = file.requiredText("jobnet");
        Optional<UnitName> name = text == null ? Optional.empty() : UnitName.parse(text);
        if (text != null && name.isEmpty() && !fitsAFolder("jobnet", text, file.at("jobnet"))) {
            return null;
        }
        if (text != null && name.isEmpty()) {
            notes.add(
                    DefinitionMessage.BAD_UNIT_NAME,
                    file.at("jobnet"),
                    "where",
                    "jobnet",
                    "found",
                    YamlNode.shorten(text),
                    "expected",
                    "/GROUP/JOBNET");
        }
        return name.orElse(null);
    }

    /** Notes a name that no folder can have. */
    private boolean fitsAFolder(String where, String name, Place at) {
        int bytes = UnitName.longest(name);
        if (bytes <= UnitName.MOST_BYTES) {
            return true;
        }
        notes.add(
                DefinitionMessage.NAME_BYTES,
                at,
                "where",
                where,
                "found",
                YamlNode.shorten(name),
                "bytes",
                bytes,
                "expected",
                UnitName.MOST_BYTES);
        return false;
    }

    private static @Nullable Integer times(Fields start) {
        return start.node("times") == null ? null : start.number("times", 1, DefinitionDefaults.MOST_TIMES, 1);
    }

    private @Nullable ReceiveMail start(Fields start) {
        YamlNode receive = start.required("receive-mail");
        return receive == null ? null : works.receive("", receive, "start.receive-mail");
    }

    /** Where a mail starts the run, saving it may be all there is to do. */
    private List<Draft> jobs(Fields file, boolean mayBeNone) {
        YamlNode node = file.node("jobs");
        List<Draft> drafts = new ArrayList<>();
        boolean nothing = node == null || (node instanceof YamlNode.Scalar scalar && scalar.nothing());
        boolean empty =
                node instanceof YamlNode.Mapping mapping && mapping.entries().isEmpty();
        if (mayBeNone && node == null) {
            return drafts;
        }
        if (nothing || empty) {
            notes.add(DefinitionMessage.NO_JOBS, file.at("jobs"), "where", "jobs", "expected", "jobs: {NAME: {…}}");
            return drafts;
        }
        Set<String> names = new HashSet<>();
        for (YamlNode.Entry entry : Fields.entries(Objects.requireNonNull(node), "jobs", notes.problems())) {
            String name = Normalizer.normalize(entry.key(), Normalizer.Form.NFC);
            checkName(name, entry);
            if (names.add(name)) {
                drafts.add(job(name, entry));
            } else {
                notes.problems().fault(YamlFault.DUPLICATE_KEY, entry.at(), "found", name, "first", "");
            }
        }
        return drafts;
    }

    private void checkName(String name, YamlNode.Entry entry) {
        int length = name.codePointCount(0, name.length());
        boolean letters = name.codePoints().allMatch(c -> Character.isLetterOrDigit(c) || c == '-' || c == '_');
        boolean right = length >= 1 && length <= DefinitionDefaults.NAME_LENGTH && letters;
        if (!right || ValueNames.RESERVED.contains(name)) {
            notes.add(
                    DefinitionMessage.BAD_JOB_NAME,
                    entry.at(),
                    "where",
                    "jobs",
                    "found",
                    YamlNode.shorten(entry.key()),
                    "expected",
                    DefinitionDefaults.NAME_LENGTH);
        } else {
            fitsAFolder("jobs", name, entry.at());
        }
    }

    private Draft job(String name, YamlNode.Entry entry) {
        String where = "jobs." + name;
        List<String> present = new ArrayList<>();
        if (entry.value() instanceof YamlNode.Mapping mapping) {
            mapping.entries().stream()
                    .map(YamlNode.Entry::key)
                    .filter(WORKS::contains)
                    .forEach(present::add);
        }
        Fields fields = notes.open(entry.value(), where, keys(present));
        if (fields == null) {
            return new Draft(name, entry, List.of(), null, null);
        }
        List<Located> needs = fields.texts("needs").stream()
                .map(n -> new Located(Normalizer.normalize(n.text(), Normalizer.Form.NFC), n.at()))
                .toList();
        Work work = work(name, fields, present);
        Duration timeout = fields.duration("timeout", DefinitionDefaults.LONGEST_TIMEOUT);
        Job.OnTimeout onTimeout = fields.choice("on-timeout", Job.OnTimeout.class, Job.OnTimeout.KILL);
        if (fields.node("on-timeout") != null && fields.node("timeout") == null) {
            notes.add(DefinitionMessage.ON_TIMEOUT_ALONE, fields.at("on-timeout"), "where", where);
        }
        List<String> before = needs.stream().map(Located::text).toList();
        Job job = work == null ? null : new Job(name, before, work, timeout, onTimeout);
        return new Draft(name, entry, needs, work, job);
    }

    private static KeySet keys(List<String> present) {
        if (present.size() != 1) {
            return DefinitionKeys.JOB;
        }
        return switch (present.getFirst()) {
            case "receive-mail" -> DefinitionKeys.RECEIVE_JOB;
            case "send-mail" -> DefinitionKeys.SEND_JOB;
            default -> DefinitionKeys.COMMAND_JOB;
        };
    }

    private @Nullable Work work(String name, Fields fields, List<String> present) {
        String where = "jobs." + name;
        if (present.isEmpty() && fields.misspelt(WORKS)) {
            return null;
        }
        if (present.size() != 1) {
            notes.add(
                    present.isEmpty() ? DefinitionMessage.NO_WORK : DefinitionMessage.TWO_WORKS,
                    fields.at(),
                    "where",
                    where,
                    "found",
                    String.join(", ", present),
                    "expected",
                    String.join(" | ", WORKS));
            return null;
        }
        String kind = present.getFirst();
        YamlNode node = Objects.requireNonNull(fields.node(kind));
        return switch (kind) {
            case "receive-mail" -> works.receive(name, node, where + ".receive-mail");
            case "send-mail" -> works.send(name, node, where + ".send-mail");
            default -> works.command(name, fields);
        };
    }
}
