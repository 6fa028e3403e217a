package ekiden.main;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.config.MailSettings;
import ekiden.definition.KnownProfiles;
import ekiden.mail.profile.MailProfile;
import ekiden.mail.profile.Receive;
import ekiden.mail.profile.Send;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mail profiles as the API shows and tries them. */
final class ProfileView implements ekiden.http.Profiles {
    private final Profiles profiles;

    ProfileView(Profiles profiles) {
        this.profiles = profiles;
    }

    @Override
    public List<Profile> list() {
        MailSettings all = profiles.all();
        List<Profile> shown = new ArrayList<>();
        all.profiles().values().forEach(profile -> shown.add(shown(profile)));
        all.broken().forEach((name, problem) -> shown.add(new Profile(name, null, null, null, problem)));
        return shown;
    }

    private static Profile shown(MailProfile profile) {
        Send send = profile.send();
        return new Profile(
                profile.name(),
                receive(profile.receive()),
                send == null
                        ? null
                        : new Side(
                                "smtp",
                                send.server().toString(),
                                send.login() == null ? null : send.login().user()),
                send == null ? null : send.from().address(),
                null);
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
        return new KnownProfiles(profiles.all().receiving(), profiles.all().sending());
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
                steps.add(step("send", profiles.sender(send).probe()));
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
