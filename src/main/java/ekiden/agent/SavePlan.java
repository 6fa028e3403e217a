package ekiden.agent;

import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.link.Assignment;
import ekiden.mail.save.Former;
import ekiden.mail.save.NameTemplate;
import ekiden.mail.save.PartCheck;
import ekiden.mail.save.SaveExtras;
import ekiden.mail.save.SaveNames;
import ekiden.mail.save.SaveOrder;
import ekiden.mail.scan.ClamdCheck;
import ekiden.mail.scan.FilterCheck;
import ekiden.mail.scan.Scanners;
import ekiden.model.definition.NamePattern;
import ekiden.model.definition.PartChecks;
import ekiden.model.definition.SaveOptions;
import ekiden.model.mail.MailSummary;
import ekiden.model.mail.Taker;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Fills the patterns of an assignment with the values of its mail. Pure: the same mail gives the same places. */
final class SavePlan {
    private final Assignment.SaveMail order;
    private final SaveNames names;
    private final Tools tools;
    private final @Nullable Former former;
    private @Nullable Problem problem;

    private SavePlan(Assignment.SaveMail order, SaveNames names, Tools tools, @Nullable Former former) {
        this.order = order;
        this.names = names;
        this.tools = tools;
        this.former = former;
    }

    /**
     * What a plan stands on.
     *
     * @param zone in which date and time are told
     * @param clock measures the time of what looks at attachments
     * @param scanners knows which scanners are away
     */
    record Tools(ZoneId zone, Clock clock, Scanners scanners) {}

    /**
     * @param order what the manager asked for
     * @param mail the mail
     * @param tools what it stands on
     * @param former whose folder it may replace, or null
     * @return where everything goes, or why that cannot be said
     */
    static Result<SaveOrder> of(Assignment.SaveMail order, MailSummary mail, Tools tools, @Nullable Former former) {
        Taker taker = order.taker();
        Map<String, String> more = taker == null
                ? Map.of()
                : Map.of("run", Long.toString(taker.run()), "job", taker.job(), "mail", Long.toString(order.mail()));
        SavePlan plan = new SavePlan(order, SaveNames.of(mail, order.received(), tools.zone(), more), tools, former);
        SaveOrder filled = plan.fill(taker, tools.zone());
        return plan.problem == null ? Result.ok(filled) : Result.failed(plan.problem);
    }

    private SaveOrder fill(@Nullable Taker taker, ZoneId zone) {
        Path folder = taker == null ? Path.of(order.folder()) : path(order.folder());
        String mailName = order.mailName();
        return new SaveOrder(
                order.claim(),
                folder,
                name(order.folderName()),
                name(Objects.requireNonNullElse(order.bodyName(), SaveOrder.BODY)),
                name(Objects.requireNonNullElse(order.listName(), SaveOrder.LIST)),
                mailName == null ? null : name(mailName),
                order.attachments(),
                order.received(),
                zone,
                extras(taker));
    }

    private SaveExtras extras(@Nullable Taker taker) {
        SaveOptions options = Objects.requireNonNullElse(order.options(), SaveOptions.DEFAULT);
        String attachment = options.attachmentName();
        String list = options.receptionList();
        return new SaveExtras(
                names,
                attachment == null ? null : template(attachment),
                list == null ? null : path(list),
                options.collision(),
                options.access(),
                checks(options.checks(), taker),
                taker,
                former);
    }

    private List<PartCheck> checks(@Nullable PartChecks wanted, @Nullable Taker taker) {
        List<PartCheck> checks = new ArrayList<>();
        PartChecks.Filter filter = wanted == null ? null : wanted.filter();
        if (filter != null) {
            checks.add(new FilterCheck(filter, facts(), environment(taker), tools.clock()));
        }
        PartChecks.Scan scan = wanted == null ? null : wanted.scan();
        if (scan != null) {
            checks.add(new ClamdCheck(scan, tools.clock(), tools.scanners(), filter != null));
        }
        return checks;
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new HashMap<>();
        names.values().forEach((name, value) -> facts.put(name, FilterCheck.shortened(value)));
        facts.put("received", order.received().toString());
        return facts;
    }

    private static Map<String, String> environment(@Nullable Taker taker) {
        return taker == null
                ? Map.of()
                : Map.of(
                        "EKIDEN_UNIT", taker.unit(),
                        "EKIDEN_RUN", taker.unit() + "#" + taker.run(),
                        "EKIDEN_JOB", taker.job());
    }

    private String name(String pattern) {
        return order.taker() == null ? pattern : value(names.name(pattern), pattern);
    }

    private Path path(String patterns) {
        return value(names.path(patterns), Path.of(order.folder()));
    }

    private @Nullable NameTemplate template(String pattern) {
        return switch (NameTemplate.filled(pattern, NamePattern.OF_ATTACHMENT)) {
            case Result.Ok<NameTemplate>(NameTemplate template) -> template;
            case Result.Failed<NameTemplate>(Problem wrong) -> {
                note(wrong);
                yield null;
            }
        };
    }

    private <T> T value(Result<T> result, T otherwise) {
        return switch (result) {
            case Result.Ok<T>(T value) -> value;
            case Result.Failed<T>(Problem wrong) -> {
                note(wrong);
                yield otherwise;
            }
        };
    }

    private void note(Problem wrong) {
        problem = problem == null ? wrong : problem;
    }
}
