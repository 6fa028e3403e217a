package ekiden.main;

import ekiden.cli.CommandSet;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Reads one mail as {@code mail read} does, prints its line, and stays, so that its memory can be looked at. */
final class ReadBigMail {
    private ReadBigMail() {}

    /** @param arguments the file */
    public static void main(String[] arguments) throws InterruptedException {
        CommandSet.ReadOptions options = new CommandSet.ReadOptions(false, false, null, null, null);
        System.out.println(new ReadMailCommand()
                .read(Path.of(arguments[0]), "mail", options)
                .json());
        new CountDownLatch(1).await();
    }
}
