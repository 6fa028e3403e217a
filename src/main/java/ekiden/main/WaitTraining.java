package ekiden.main;

import ekiden.base.ExitCode;
import ekiden.cli.Terminal;
import ekiden.mail.sasl.Mechanism;
import ekiden.mail.sasl.Scram;
import ekiden.mail.sasl.ScramLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the launcher runs once after a build to record which classes and methods {@code ekiden mail wait} over IMAP needs: the real command on a
 * mailbox of its own. Prints nothing that matters, and leaves nothing outside the folder it is given.
 */
public final class WaitTraining {
    private static final int MAILS = 2_000;
    private static final String PASSWORD = "EKIDEN_TRAINING_PASSWORD";

    private WaitTraining() {}

    /**
     * @param args a folder for state and files, which is there and empty
     */
    public static void main(String[] args) {
        ExitCode code = run(Path.of(args[0]), Terminal.system(), MAILS);
        Runtime.getRuntime().exit(code.code());
    }

    /** Takes so many mails out of a mailbox that is there only for this. */
    static ExitCode run(Path folder, Terminal system, int mails) {
        login();
        Map<String, String> environment = new HashMap<>(system.environment());
        environment.put(PASSWORD, "training");
        try (TrainingMailbox mailbox = new TrainingMailbox(mails)) {
            List<String> call = List.of(
                    "mail",
                    "wait",
                    "--url",
                    "imap://training@127.0.0.1:" + mailbox.port() + "/INBOX",
                    "--password-env",
                    PASSWORD,
                    "--state",
                    folder.resolve("state").toString(),
                    "--save",
                    folder.resolve("files").toString(),
                    "--body-name",
                    "{n}.txt",
                    "--attachment-name",
                    "{n}.{i}",
                    "--count",
                    Integer.toString(mails),
                    "--timeout",
                    "1m");
            return Training.run(system, environment, folder, call);
        } catch (IOException noPort) {
            return ExitCode.SETTINGS;
        }
    }

    /** The way to log in that most servers offer; the answer is to nobody's challenge. */
    private static void login() {
        Scram scram = new Scram(Scram.Hash.SHA_256, "training", "training", "n", ScramLimits.DEFAULT);
        Mechanism.Step step = scram.next("r=nn,s=c2FsdA==,i=4096".getBytes(StandardCharsets.US_ASCII));
        if (!(step instanceof Mechanism.Answer)) {
            throw new IllegalStateException("SCRAM is not what it was");
        }
    }
}
