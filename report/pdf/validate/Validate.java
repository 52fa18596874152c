import java.io.FileInputStream;
import java.util.HashSet;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Asks veraPDF: java Validate.java FLAVOUR[,FLAVOUR] FILE..., e.g. 3b,ua1. Status 1 if a file breaks a rule. */
public class Validate {
  public static void main(String[] args) throws Exception {
    Logger.getLogger("").setLevel(Level.SEVERE);
    VeraGreenfieldFoundryProvider.initialise();
    boolean fine = true;
    for (int i = 1; i < args.length; i++) {
      for (String name : args[0].split(",")) {
        fine &= check(args[i], PDFAFlavour.fromString(name));
      }
    }
    System.exit(fine ? 0 : 1);
  }

  static boolean check(String file, PDFAFlavour flavour) throws Exception {
    try (FileInputStream in = new FileInputStream(file);
        PDFAParser parser = Foundries.defaultInstance().createParser(in, flavour);
        PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
      ValidationResult result = validator.validate(parser);
      System.out.printf("veraPDF %s %s: %s, %d checks%n", file, flavour,
          result.isCompliant() ? "valid" : "NOT VALID", result.getTotalAssertions());
      Set<String> told = new HashSet<>();
      for (TestAssertion a : result.getTestAssertions()) {
        String rule = a.getRuleId().getClause() + "-" + a.getRuleId().getTestNumber();
        if (a.getStatus() == TestAssertion.Status.FAILED && told.add(rule)) {
          System.out.printf("  %s %s%n    first at %s%n", rule, a.getMessage().replaceAll("\\s+", " "), a.getLocation().getContext());
        }
      }
      return result.isCompliant();
    }
  }
}
