@0xb39568dafe96ee79;
# What a regulation looks like. One JSON file per regulation in schema/rules, read through this schema; the published bytes are the
# file without white space between tokens. Points are integers in hundredths. "note" fields carry what is unverified or ours.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("hoso::schema");

struct RuleSet {
  schemaVersion @0 :UInt16;            # 1
  id @1 :Text;
  titleVi @2 :Text;
  titleEn @3 :Text;
  legalBasis @4 :Text;
  status @5 :Text;                     # how far the text was verified
  illustrative @6 :Text;               # not empty: the sheets are borrowed, and every output that shows them says so
  forms @7 :List(Term);                # when it governs: filing dates by kind
  bands @8 :List(Band);                # ascending
  stages @9 :List(Stage);              # the ladder, lowest first
  certificate @10 :CertificateTerm;
  subjectTypes @11 :List(Named);
  contents @12 :List(Content);         # what a dossier holds
  evidence @13 :List(Named);
  sectors @14 :List(Sector);
  productSets @15 :List(ProductSet);
  revocationGrounds @16 :List(Ground);
  datesBackMaxDays @17 :UInt16;        # a stated date may lie this many days before the bracket; ours
  notes @18 :List(Text);
  notices @19 :List(UInt16);           # days before a certificate runs out on which its subject is told
  reEvaluation @20 :ReEvaluation;
  extension @21 :Extension;
  revocationDays @22 :UInt16;          # from the conclusion to the decision; 0 = not laid down
  samples @23 :UInt8;                  # of a product set with samples; 0 = not laid down
  productCode @24 :Text;               # parts with dashes: (T) province, (H) district, (X) commune, (STT) serial, (YYYY) year
  ideaReasons @25 :List(Named);        # why an idea is declined
  rounds @26 :List(RoundDates);        # the rounds of a year, as far as they are laid down
  files @27 :FileRules;                # what files a document may have
}

struct FileRules {
  mediaTypes @0 :List(Text);           # empty: any
  bytesMax @1 :UInt32;                 # of one file; 0: not laid down
  keepsOriginals @2 :Bool;             # a photo that was made smaller is filed with its original
  note @3 :Text;
}

struct ReEvaluation {                  # zeros: not laid down
  filedFromDays @0 :UInt16;            # days before expiry, the earlier bound
  filedToDays @1 :UInt16;              # days before expiry, the later bound
  doneWithinDays @2 :UInt16;           # from filing
  source @3 :Text;
}

struct Extension {                     # certificates that ran out too early to be filed in time hold until the result
  expiringFrom @0 :Text;               # YYYY-MM-DD; empty: there is none
  expiringTo @1 :Text;
  daysMax @2 :UInt16;                  # past expiry
  source @3 :Text;
}

struct RoundDates {
  stage @0 :Text;
  proposedBefore @1 :Text;             # MM-DD: dossiers are there
  evaluatedBefore @2 :Text;            # MM-DD, of the same year unless it is earlier in the year
}

struct Term {
  kind @0 :Text;                       # first, upgrade, reEvaluation
  filedFrom @1 :Text;                  # YYYY-MM-DD, inclusive
  filedTo @2 :Text;                    # inclusive; empty = open
  decidedBy @3 :Text;                  # last day on which it still decides them; empty = open
}

struct Band {
  stars @0 :UInt8;
  from @1 :UInt32;                     # lower bound, inclusive, hundredths of the average
}

struct Stage {
  key @0 :Text;
  nameVi @1 :Text;
  nameEn @2 :Text;
  level @3 :Text;                      # of the units that hold this stage; empty for one without a desk here
  does @4 :Does;
  decides @5 :List(UInt8);             # stars it recognises
  forwardsFrom @6 :UInt32;             # average in hundredths from which it forwards; 0 = it forwards all (opinion) or nothing (last)
  meetings @7 :UInt8;                  # of the council, before it decides; each is tallied
  enteredBy @8 :Text;                  # key of the stage whose officers enter its results, when it is external
  note @9 :Text;
  workingDays @10 :UInt16;             # to act within, from the day of filing; 0 = not laid down
  fallsBack @11 :Bool;                 # of an external stage: a result without its stars is one for the stage that enters it
}

enum Does { opinion @0; council @1; external @2; }

struct CertificateTerm {
  months @0 :UInt16;
  starsMin @1 :UInt8;
  source @2 :Text;
}

struct Named {
  key @0 :Text;
  nameVi @1 :Text;
  nameEn @2 :Text;
  note @3 :Text;
}

struct Ground {
  key @0 :Text;
  nameVi @1 :Text;
  nameEn @2 :Text;
  afterExpiry @3 :Bool;                # holds only once the certificate has run out
  note @4 :Text;
}

struct Content {
  key @0 :Text;
  nameVi @1 :Text;
  nameEn @2 :Text;
  mandatory @3 :Bool;
  note @4 :Text;
}

struct Sector {
  key @0 :Text;
  nameVi @1 :Text;
  nameEn @2 :Text;
  groups @3 :List(Named);
}

struct ProductSet {
  no @0 :UInt8;
  key @1 :Text;
  nameVi @2 :Text;
  nameEn @3 :Text;
  sector @4 :Text;
  group @5 :Text;
  samples @6 :Bool;
  siteVisit @7 :Bool;
  sections @8 :List(Section);
  sheetMissing @9 :Text;               # not empty: the sheet was not found; sections have points and no groups, results come on paper
}

struct Section {
  key @0 :Text;                        # A, B, C
  points @1 :UInt32;
  groups @2 :List(Group);
}

struct Group {
  no @0 :Text;
  nameVi @1 :Text;
  nameEn @2 :Text;
  points @3 :UInt32;
  criteria @4 :List(Criterion);        # leaves, in printed order; a group printed without children holds itself
}

struct Criterion {
  no @0 :Text;                         # "6.2.1"; unique within a product set
  key @1 :Text;
  nameVi @2 :Text;
  nameEn @3 :Text;
  points @4 :UInt32;
  assessedBy @5 :Text;                 # key of the opinion stage that also assesses it, or empty
  options @6 :List(Option);
}

struct Option {
  points @0 :UInt32;
  gate @1 :UInt8;                      # lowest option allowed for this many stars; 0 = none
}
