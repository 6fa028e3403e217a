package ekiden.definition.yaml;

import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.definition.DefinitionMessage;
import ekiden.definition.Template;
import ekiden.definition.ValueNames;
import ekiden.definition.yaml.TemplateUse.Role;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.RunCommand;
import ekiden.model.definition.SendMail;
import ekiden.model.definition.Work;
import ekiden.yaml.Nearest;
import ekiden.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every {@code ${…}} names a value that will exist when its job begins, and one that is allowed in its place. */
final class TemplateCheck {
    private static final int SHOWN_NAMES = 8;

    private final Notes notes;
    private final JobGraph graph;
    private final Map<String, Set<String>> before = new HashMap<>();

    TemplateCheck(Notes notes, JobGraph graph) {
        this.notes = notes;
        this.graph = graph;
    }

    void check() {
        notes.templates().forEach(this::check);
    }

    private void check(TemplateUse use) {
        switch (Template.parse(use.text())) {
            case Result.Failed<Template>(Problem problem) ->
                add(DefinitionMessage.TEMPLATE_SYNTAX, use, problem.values().getOrDefault("found", ""), "${NAME}");
            case Result.Ok<Template>(Template template) -> template.names().forEach(name -> check(use, template, name));
        }
    }

    private void check(TemplateUse use, Template template, String name) {
        if (!known(use, name)) {
            return;
        }
        boolean inside = ValueNames.list(name) && template.whole().isEmpty();
        if (use.role() == Role.PROGRAM && !ValueNames.RUN.contains(name)) {
            add(DefinitionMessage.TEMPLATE_IN_PROGRAM, use, name, String.join(", ", ValueNames.RUN));
        } else if (use.role() == Role.TEMPLATE && !ValueNames.FIXED.contains(name)) {
            add(DefinitionMessage.TEMPLATE_OF_MAIL, use, name, String.join(", ", ValueNames.FIXED));
        } else if (use.role() == Role.SHELL && ValueNames.fromMail(name)) {
            add(
                    DefinitionMessage.TEMPLATE_IN_SHELL,
                    use,
                    name,
                    "[\"sh\", \"-c\", \"… \\\"$1\\\"\", \"sh\", \"${" + name + "}\"]");
        } else if (use.role() == Role.ITEM && inside) {
            add(DefinitionMessage.TEMPLATE_LIST_INSIDE, use, name, "\"${" + name + "}\"");
        } else if (use.role() == Role.SINGLE && ValueNames.list(name)) {
            add(DefinitionMessage.TEMPLATE_LIST_INSIDE, use, name, "[" + "\"${" + name + "}\"]");
        }
    }

    private boolean known(TemplateUse use, String name) {
        if (use.job().isEmpty()) {
            add(DefinitionMessage.TEMPLATE_UNKNOWN, use, name, "-");
            return false;
        }
        int dot = name.indexOf('.');
        String owner = dot < 0 ? name : name.substring(0, dot);
        if (ValueNames.RUN.contains(name) || (owner.equals(ValueNames.START) && startHas(name))) {
            return true;
        }
        if (bounceHas(name)) {
            return true;
        }
        if (!graph.has(owner)) {
            unknown(use, name);
            return false;
        }
        if (!ended(use.job()).contains(owner)) {
            notes.add(
                    DefinitionMessage.TEMPLATE_NOT_BEFORE,
                    use.at(),
                    "where",
                    use.where(),
                    "found",
                    name,
                    "job",
                    owner,
                    "needs",
                    "jobs." + use.job() + ".needs");
            return false;
        }
        Work work = graph.work(owner);
        boolean has = work == null || names(work).contains(name.substring(dot + 1));
        if (!has) {
            unknown(use, name);
        }
        return has && work != null;
    }

    /** A jobnet that no mail starts may be named in {@code on-bounce}. */
    private boolean bounceHas(String name) {
        return !graph.started() && ValueNames.BOUNCE.contains(name) && !graph.has("bounce");
    }

    private boolean startHas(String name) {
        return graph.started()
                && ValueNames.MAIL.contains(ValueNames.last(name))
                && name.indexOf('.') == name.lastIndexOf('.');
    }

    private Set<String> ended(String job) {
        return before.computeIfAbsent(job, graph::before);
    }

    private static List<String> names(Work work) {
        return switch (work) {
            case ReceiveMail _ -> ValueNames.MAIL;
            case RunCommand _ -> ValueNames.COMMAND;
            case SendMail _ -> List.of();
        };
    }

    private void unknown(TemplateUse use, String name) {
        List<String> all = new ArrayList<>(ValueNames.RUN);
        if (graph.started()) {
            ValueNames.MAIL.forEach(value -> all.add(ValueNames.START + "." + value));
        }
        if (!graph.started() && use.text().contains("${bounce.")) {
            all.addAll(ValueNames.BOUNCE);
        }
        for (String job : ended(use.job())) {
            Work work = graph.work(job);
            if (work != null) {
                names(work).forEach(value -> all.add(job + "." + value));
            }
        }
        List<String> near = Nearest.sorted(name, all);
        String more = near.size() > SHOWN_NAMES ? ", …" : "";
        String expected = String.join(", ", near.stream().limit(SHOWN_NAMES).toList()) + more;
        add(DefinitionMessage.TEMPLATE_UNKNOWN, use, name, expected);
    }

    private void add(MessageId id, TemplateUse use, String found, String expected) {
        notes.add(id, use.at(), "where", use.where(), "found", YamlNode.shorten(found), "expected", expected);
    }
}
