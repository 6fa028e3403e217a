package ekiden.main;

import ekiden.base.ExitCode;
import ekiden.base.Ids;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.base.ThreadTasks;
import ekiden.config.Home;
import ekiden.config.HomePaths;
import ekiden.config.SettingsFile;
import ekiden.config.SettingsReading;
import ekiden.definition.DefinitionReading;
import ekiden.definition.yaml.DefinitionYaml;
import ekiden.mail.receive.smtpd.SmtpdListener;
import ekiden.manager.Command;
import java.nio.file.Files;
import java.util.Locale;

/** Entry point of every {@code ekiden} command. */
public final class Main {
    private Main() {}

    /**
     * @param args the command line
     */
    public static void main(String[] args) throws Exception {
        Quickstart.Ground ground = Quickstart.prepare();
        HomePaths paths = new HomePaths(ground.home());
        Result<Home> home = Home.open(paths);
        if (!(home instanceof Result.Ok<Home>(Home opened))) {
            System.out.println(home);
            return;
        }
        SettingsReading reading = new SettingsFile(paths).read();
        if (!(reading instanceof SettingsReading.Usable usable)) {
            System.out.println(reading);
            return;
        }
        SystemClock clock = new SystemClock();
        Standalone up = new Standalone(opened, usable.settings(), clock);
        System.out.println(usable.settings().mail().problems()); System.out.println(up.start(SmtpdListener.NONE));
        DefinitionReading definition =
                DefinitionYaml.read("order-intake.yaml", Files.readString(ground.definition()));
        if (definition instanceof DefinitionReading.Read read) {
            var latch = new java.util.concurrent.CountDownLatch(1);
            up.inbox().put(new Command.Define(new Ids(clock).next(), read.jobnet(), ground.home().toString()), r -> {
                System.out.println(r);
                latch.countDown();
            });
            latch.await();
        } else {
            System.out.println(definition);
        }
        ExitCode code = new Quickstart(System.out, Locale.ENGLISH, clock, new ThreadTasks()).relay(ground, up.store());
        System.out.println(code);
        up.close();
        System.exit(code.code());
    }
}
