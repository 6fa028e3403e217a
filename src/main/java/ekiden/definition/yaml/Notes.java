package ekiden.definition.yaml;

import ekiden.base.MessageId;
import ekiden.definition.DefinitionMessage;
import ekiden.definition.KnownProfiles;
import ekiden.definition.TemplateLimits;
import ekiden.definition.yaml.TemplateUse.Role;
import ekiden.model.definition.Proof;
import ekiden.model.definition.UnitName;
import ekiden.regex.Regex;
import ekiden.yaml.Fields;
import ekiden.yaml.KeySet;
import ekiden.yaml.Located;
import ekiden.yaml.Nearest;
import ekiden.yaml.Place;
import ekiden.yaml.YamlNode;
import ekiden.yaml.YamlProblems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the parsers of one file share: where problems go, the known profiles, and the templates to check at the end. */
final class Notes {
    private final YamlProblems problems;
    private final @Nullable KnownProfiles profiles;
    private final TemplateFiles files;
    private final List<TemplateUse> templates = new ArrayList<>();
    private long regexStates;
    private long regexRepeated;

    /** Profile to the folder into which its mails are moved. */
    private final Map<String, String> moves = new HashMap<>();

    private final List<Named> units = new ArrayList<>();

    Notes(YamlProblems problems, @Nullable KnownProfiles profiles) {
        this(problems, profiles, TemplateFiles.NONE);
    }

    Notes(YamlProblems problems, @Nullable KnownProfiles profiles, TemplateFiles files) {
        this.problems = problems;
        this.profiles = profiles;
        this.files = files;
        if (profiles != null) {
            moves.putAll(profiles.moves());
        }
    }

    /** Adds the states of one more regular expression of the file. {@return what is too many now, or null} */
    @Nullable
    String regexStates(Regex regex) {
        ConditionLimits limits = ConditionLimits.DEFAULT;
        regexStates += regex.states();
        regexRepeated += regex.repeated();
        if (regexStates > limits.regexStates()) {
            return "more than " + limits.regexStates() + " states in one file";
        }
        return regexRepeated > limits.regexRepeated()
                ? "repetitions add more than " + limits.regexRepeated() + " states in one file"
                : null;
    }

    YamlProblems problems() {
        return problems;
    }

    List<TemplateUse> templates() {
        return templates;
    }

    @Nullable
    Fields open(YamlNode node, String where, KeySet keys) {
        return Fields.of(node, where, keys, problems);
    }

    void add(MessageId id, Place at, Object... namesAndValues) {
        problems.add(id, at, namesAndValues);
    }

    /** Notes a text for the check of templates; most have none. */
    void template(String job, String where, Located text, Role role) {
        if (text.text().contains("${")) {
            templates.add(new TemplateUse(job, where, text.at(), text.text(), role));
        }
    }

    /** Notes what stands in a file that is filled, where it is there. */
    void templateFile(String job, String where, Located name) {
        if (name.text().contains("${")) {
            return;
        }
        String shown = YamlNode.shorten(name.text());
        switch (files.read(name.text())) {
            case TemplateFiles.Found.Text(String text) ->
                template(job, where + " (" + shown + ")", new Located(text, name.at()), Role.TEXT);
            case TemplateFiles.Found.NotHere ignored -> {}
            case TemplateFiles.Found.Unusable(String reason) ->
                add(
                        DefinitionMessage.TEMPLATE_UNUSABLE,
                        name.at(),
                        "where",
                        where,
                        "found",
                        shown,
                        "reason",
                        reason,
                        "limit",
                        TemplateLimits.DEFAULT.text());
        }
    }

    /** As {@link #template}, for every item of a list; gives the bare texts. */
    List<String> items(String job, String where, List<Located> texts, Role role) {
        texts.forEach(text -> template(job, where, text, role));
        return texts.stream().map(Located::text).toList();
    }

    /** A path below some folder: no step upwards, no drive without its root. */
    void path(String where, Located path) {
        String[] steps = path.text().split("[/\\\\]", -1);
        boolean drive = path.text().matches("[A-Za-z]:([^/\\\\].*)?");
        for (String step : steps) {
            if (drive || step.strip().equals("..")) {
                add(DefinitionMessage.LEAVES_FOLDER, path.at(), "where", where, "found", YamlNode.shorten(path.text()));
                return;
            }
        }
    }

    /** A mail that several jobs take can go to one folder only. */
    void move(Fields fields, String profile, String folder) {
        String first = moves.putIfAbsent(profile, folder);
        if (first != null && !first.equals(folder)) {
            add(
                    DefinitionMessage.TWO_TARGETS,
                    fields.at("after-receive"),
                    "where",
                    fields.where("after-receive"),
                    "found",
                    YamlNode.shorten(folder),
                    "profile",
                    YamlNode.shorten(profile),
                    "first",
                    YamlNode.shorten(first));
        }
    }

    /** What can be shown of the mails of a profile; where that is not known everything. */
    void proofs(Fields fields, String profile, List<Proof.Kind> proofs) {
        Set<Proof.Kind> able = profiles == null ? null : profiles.proofs().get(profile);
        if (able == null) {
            return;
        }
        proofs.stream().filter(proof -> !able.contains(proof)).forEach(proof -> cannot(fields, profile, proof));
    }

    private void cannot(Fields fields, String profile, Proof.Kind proof) {
        String key = switch (proof) {
            case SPF, DKIM, DMARC -> "authserv-id";
            case SMIME -> "trust";
        };
        add(
                DefinitionMessage.CANNOT_PROVE,
                fields.at("authenticated"),
                "where",
                fields.where("authenticated"),
                "found",
                Fields.word(proof),
                "profile",
                YamlNode.shorten(profile),
                "expected",
                key);
    }

    /** A unit that is there, where that is known; the one that is being read is. */
    void unit(String where, Located name) {
        units.add(new Named(where, name));
    }

    /** Now that the name of the unit that is being read is known. */
    void checkUnits(@Nullable UnitName own) {
        Set<String> there = profiles == null ? null : profiles.units();
        if (there == null) {
            return;
        }
        for (Named named : units) {
            String wanted = named.name().text();
            if (!there.contains(wanted) && (own == null || !own.value().equals(wanted))) {
                add(
                        DefinitionMessage.UNKNOWN_UNIT,
                        named.name().at(),
                        "where",
                        named.where(),
                        "found",
                        YamlNode.shorten(wanted),
                        "expected",
                        String.join(
                                ", ",
                                Nearest.sorted(wanted, there).stream().limit(10).toList()));
            }
        }
    }

    private record Named(String where, Located name) {}

    /** A profile that is there and can do what is asked. */
    void profile(String where, Located name, boolean receives) {
        KnownProfiles known = profiles;
        if (known == null) {
            return;
        }
        Set<String> able = receives ? known.receiving() : known.sending();
        Set<String> others = receives ? known.sending() : known.receiving();
        if (able.contains(name.text())) {
            return;
        }
        boolean there = others.contains(name.text());
        add(
                there ? DefinitionMessage.PROFILE_CANNOT : DefinitionMessage.UNKNOWN_PROFILE,
                name.at(),
                "where",
                where,
                "found",
                YamlNode.shorten(name.text()),
                "section",
                receives ? "receive" : "send",
                "expected",
                String.join(
                        ", ",
                        Nearest.sorted(name.text(), able).stream().limit(10).toList()));
    }
}
