package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.ExitCode;
import ekiden.base.Result;
import ekiden.cli.MailServer;
import ekiden.cli.WaitRequest;
import ekiden.config.Home;
import ekiden.config.HomePaths;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.testing.Ports;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaitStateTest {
    @TempDir
    private Path folder;

    private ExitCode call(Call call, Path state) {
        WaitRequest request = new WaitRequest(
                folder.resolve("home"),
                new MailServer.Url(
                        "imap://a@127.0.0.1:" + Ports.free(), new MailServer.Password.InEnvironment("PASSWORD"), false),
                state,
                Conditions.ANY,
                null,
                null,
                null,
                1,
                null,
                AfterReceive.NONE,
                null,
                Locale.ENGLISH);
        return new WaitMailCommand().run(request, call.terminal());
    }

    @Test
    void stateFolderOfAnotherCallIsToldAsSuchAndNotAsAHome() {
        Path state = folder.resolve("state");
        Call call = new Call(folder);
        try (Home other = ((Result.Ok<Home>) Home.open(new HomePaths(state))).value()) {
            assertThat(other.paths().folder()).isEqualTo(state);
            assertThat(call(call, state)).as(call.err()).isEqualTo(ExitCode.SETTINGS);
        }
        assertThat(call.err())
                .contains("EKDC0172-E")
                .contains(state.toString())
                .contains("--state")
                .doesNotContain("home");
    }
}
