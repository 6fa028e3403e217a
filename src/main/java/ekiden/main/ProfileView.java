package ekiden.main;

import ekiden.agent.Agent;
import ekiden.agent.CanaryStatus;
import ekiden.agent.ReaderStatus;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.config.MailSettings;
import ekiden.definition.KnownProfiles;
import ekiden.mail.profile.MailProfile;
import ekiden.mail.profile.Receive;
import ekiden.mail.profile.Send;
import ekiden.mail.profile.SentCopy;
import ekiden.mail.receive.CanaryNote;
import ekiden.mail.send.sendmail.MailProgram;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The mail profiles as the API shows and tries them. */
final class ProfileView implements ekiden.http.Profiles {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Profiles profiles;
    private final Supplier<@Nullable Agent> agent;

    /** Profiles of a process without readers. */
    ProfileView(Profiles profiles) {
        this(profiles, () -> null);
    }

    ProfileView(Profiles profiles, Supplier<@Nullable Agent> agent) {
        this.profiles = profiles;
        this.agent = agent;
    }

    private List<Reader> readers(String profile) {
        Agent present = agent.get();
        if (present == null) {
            return List.of();
        }
        return present.readers().stream()
                .filter(reader -> reader.mailbox().equals(profile))
                .map(reader -> new Reader(
                        reader.folder(),
                        reader.phase().name(),
                        reader.answered(),
                        reader.looks(),
                        reader.connections(),
                        reader.bytes(),
                        receiving(reader.receiving()),
                        reader.server() != null,
                        budget(reader.budget()),
                        reader.problem()))
                .toList();
    }

    private @Nullable Canary canary(String profile) {
        Agent present = agent.get();
        List<CanaryStatus> all = present == null ? List.of() : present.canaries();
        return all.stream()
                .filter(canary -> canary.mailbox().equals(profile))
                .findFirst()
                .map(canary -> shown(canary.note()))
                .orElse(null);
    }

    private static Canary shown(CanaryNote note) {
        Duration took = note.took();
        return new Canary(
                note.phase().name(),
                note.told() == CanaryNote.Told.NOTHING && note.seen() != null,
                note.sent(),
                note.seen(),
                took == null ? null : took.toMillis());
    }

    private static @Nullable Receiving receiving(ReaderStatus.@Nullable Receiving large) {
        return large == null ? null : new Receiving(large.bytes(), large.size());
    }

    private static @Nullable Budget budget(ReaderStatus.@Nullable Budget budget) {
        return budget == null
                ? null
                : new Budget(budget.bytes(), budget.per().toSeconds(), budget.used(), budget.waiting());
    }

    @Override
    public Use use() {
        Agent present = agent.get();
        if (present == null) {
            return new Use(0, 0, 0);
        }
        long connections = present.readers().stream()
                .filter(reader -> reader.server() != null)
                .count();
        return new Use(connections, present.shortLooks(), present.shortLooksMost());
    }

    @Override
    public Result<List<FolderContent>> content(String name) {
        Agent present = agent.get();
        return profiles.all().profile(name).then(profile -> {
            if (present == null || !(profile.receive() instanceof Receive.Imap)) {
                return Result.failed(MailCommandMessage.NO_SERVER, "profile", name);
            }
            CompletableFuture<List<FolderContent>> answer = new CompletableFuture<>();
            present.survey(
                    name,
                    folders -> answer.complete(folders.stream()
                            .map(seen ->
                                    new FolderContent(seen.folder(), seen.uidValidity(), seen.all(), seen.unread()))
                            .toList()));
            return await(answer, name);
        });
    }

    private static Result<List<FolderContent>> await(CompletableFuture<List<FolderContent>> answer, String name) {
        try {
            return Result.ok(answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException late) {
            return Result.failed(MailCommandMessage.NO_SURVEY, "profile", name, "seconds", PATIENCE.toSeconds());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Result.failed(MailCommandMessage.NO_SURVEY, "profile", name, "seconds", 0);
        }
    }

    @Override
    public Result<Boolean> resume(String name) {
        Agent present = agent.get();
        return profiles.all().profile(name).then(profile -> {
            if (present != null) {
                present.resume(name);
            }
            return Result.ok(true);
        });
    }

    @Override
    public List<Profile> list() {
        MailSettings all = profiles.all();
        List<Profile> shown = new ArrayList<>();
        all.profiles().values().forEach(profile -> shown.add(shown(profile)));
        all.broken()
                .forEach((name, problem) ->
                        shown.add(new Profile(name, null, null, null, null, problem, List.of(), null)));
        return shown;
    }

    private Profile shown(MailProfile profile) {
        Send send = profile.send();
        return new Profile(
                profile.name(),
                receive(profile.receive()),
                send(send),
                send == null ? null : send.from().address(),
                profile.receive() instanceof Receive.Imap imap
                        ? profiles.imap().tokenEnd(imap).orElse(null)
                        : null,
                null,
                readers(profile.name()),
                canary(profile.name()));
    }

    private static @Nullable Side send(@Nullable Send send) {
        return switch (send) {
            case null -> null;
            case Send.Smtp smtp ->
                new Side(
                        "smtp",
                        smtp.server().toString(),
                        smtp.login() == null ? null : smtp.login().user());
            case Send.Sendmail command ->
                new Side("sendmail", MailProgram.of(command).path().toString(), null);
        };
    }

    private static @Nullable Side receive(@Nullable Receive receive) {
        return switch (receive) {
            case null -> null;
            case Receive.Smtpd smtpd -> new Side("smtpd", smtpd.listen().toString(), null);
            case Receive.Imap imap -> new Side("imap", imap.server().toString(), imap.user());
        };
    }

    @Override
    public KnownProfiles known() {
        MailSettings all = profiles.all();
        return new KnownProfiles(all.receiving(), all.sending(), all.moves(), all.proofs());
    }

    @Override
    public Result<List<Step>> test(String name) {
        return profiles.all().profile(name).then(profile -> {
            List<Step> steps = new ArrayList<>();
            switch (profile.receive()) {
                case null -> {}
                case Receive.Smtpd smtpd -> steps.add(step("receive", Greeting.at(smtpd.listen())));
                case Receive.Imap imap ->
                    steps.add(step("receive", profiles.imap().test(imap)));
            }
            Send send = profile.send();
            if (send != null) {
                steps.add(step("send", profiles.probe(send)));
            }
            SentCopy copy = profile.sending().copy();
            if (send != null && copy != null) {
                steps.add(step("sent-copy", profiles.probe(profile.name(), copy)));
            }
            return Result.ok(steps);
        });
    }

    private static Step step(String what, Result<String> tried) {
        return switch (tried) {
            case Result.Ok<String>(String seen) -> new Step(what, seen, null);
            case Result.Failed<String>(Problem problem) -> new Step(what, "", problem);
        };
    }
}
