package ekiden.main;

/** Entry point of every {@code ekiden} command. */
public final class Main {
    private Main() {}

    /**
     * @param args the command line
     */
    public static void main(String[] args) {
        System.out.println("ekiden");
    }
}
