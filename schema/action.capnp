@0xb3e05d383082e70f;
# Every action an officer can take. These bytes are made once, on a device, and are never changed, re-encoded or rebased:
# action id = SHA-256(message bytes). Old numbers are never reused. Ids are 16 bytes (UUIDv7), hashes 32 bytes, points are
# integers in hundredths of a point, dates are days since 1970-01-01 in local time (+07:00), instants are microseconds UTC.

using Cxx = import "/capnp/c++.capnp";
using Json = import "/capnp/compat/json.capnp";
$Cxx.namespace("hoso::schema");

struct Action {
  header @0 :Header;
  body @1 :Body;
}

struct Header {
  schemaVersion @0 :UInt16;            # 1
  epoch @1 :UInt32;                    # of the device's chain
  seq @2 :UInt64;                      # dense from 0 within (device, epoch)
  log @3 :Data $Json.hex;             # log id = SHA-256(genesis action); empty in genesis itself
  device @4 :Data $Json.hex;
  session @5 :Data $Json.hex;         # action id of the SessionOpened this was recorded in; empty for acts of a device itself
  actor @6 :Data $Json.hex;           # account; empty for acts of a device itself
  stream @7 :Data $Json.hex;          # nil (16 zero bytes) is the registry
  seenSize @8 :UInt64;                 # size and root of the newest checkpoint this replica had folded
  seenRoot @9 :Data $Json.hex;
  claimedTime @10 :Int64;
  clockQuality @11 :ClockQuality;
  files @12 :List(FileReference);
}

enum ClockQuality { none @0; local @1; synced @2; training @3; }

struct FileReference {                 # the file travels by itself (docs/log_format.md, "Files")
  root @0 :Data $Json.hex;
  size @1 :UInt64;                     # in bytes
  mediaType @2 :Text;
  role @3 :Text;                       # the document's key; preview: a small JPEG of the file listed before it
}

# A field about a natural person: only a salted commitment enters the log (docs/log_format.md, "Sealed fields").
struct SealedField {
  commitment @0 :Data $Json.hex;
}

struct Body {
  union {
    genesis @0 :Genesis;

    unitCreated @1 :UnitCreated;
    unitClosed @2 :UnitClosed;
    accountCreated @3 :AccountCreated;
    slipIssued @4 :SlipIssued;
    deviceEnrolled @5 :DeviceEnrolled;
    officerKeyAdded @6 :OfficerKeyAdded;
    mandateGranted @7 :MandateGranted;
    mandateEnded @8 :MandateEnded;
    ruleSetPublished @9 :RuleSetPublished;
    roundOpened @10 :RoundOpened;
    councilEstablished @11 :CouncilEstablished;
    numberBlockGranted @12 :NumberBlockGranted;
    meetingOpened @13 :MeetingOpened;
    meetingClosed @14 :MeetingClosed;
    decisionSigned @15 :DecisionSigned;
    judgeUpgraded @16 :JudgeUpgraded;

    sessionOpened @17 :SessionOpened;
    slipMisused @18 :SlipMisused;

    subjectRegistered @19 :SubjectRegistered;

    productRegistered @20 :ProductRegistered;
    legacyRecognised @21 :LegacyRecognised;
    renewalAnswered @22 :RenewalAnswered;
    dossierOpened @23 :DossierOpened;
    fieldSet @24 :FieldSet;
    documentAdded @25 :DocumentAdded;
    noteAdded @26 :NoteAdded;
    selfAssessed @27 :SelfAssessed;
    opinionGiven @28 :OpinionGiven;
    submitted @29 :Submitted;
    withdrawn @30 :Withdrawn;
    received @31 :Received;
    returned @32 :Returned;
    advisoryReported @33 :AdvisoryReported;
    sheetSubmitted @34 :SheetSubmitted;
    tallied @35 :Tallied;
    recognised @36 :Recognised;
    forwarded @37 :Forwarded;
    declined @38 :Declined;
    resultEntered @39 :ResultEntered;
    certificateRevoked @40 :CertificateRevoked;
    adopted @41 :Adopted;
    annulled @42 :Annulled;

    paperTallied @43 :PaperTallied;

    officeCreated @44 :OfficeCreated;
    officeRenamed @45 :OfficeRenamed;
    unitRenamed @46 :UnitRenamed;
    calendarSet @47 :CalendarSet;
    noticeIssued @48 :NoticeIssued;
    councilChanged @49 :CouncilChanged;
    minutesFiled @50 :MinutesFiled;
    resultsPublished @51 :ResultsPublished;
    packageSent @52 :PackageSent;
    formNumbered @53 :FormNumbered;
    reminderSent @54 :ReminderSent;
    difficultyRaised @55 :DifficultyRaised;
    difficultyResolved @56 :DifficultyResolved;
    promotionHeld @57 :PromotionHeld;

    ideaReviewed @58 :IdeaReviewed;
    productCoded @59 :ProductCoded;
    recused @60 :Recused;
    samplesReceived @61 :SamplesReceived;
    expiryNotified @62 :ExpiryNotified;
    inspected @63 :Inspected;
    revocationServed @64 :RevocationServed;
    complaintFiled @65 :ComplaintFiled;
    complaintResolved @66 :ComplaintResolved;
    corrected @67 :Corrected;
    promotionJoined @68 :PromotionJoined;

    fileStored @69 :FileStored;
  }
}

# ---- registry -------------------------------------------------------------------------------------------------------

struct Genesis {
  origin @0 :Text;                     # C2SP checkpoint origin, for example "hoso.example/hoa-binh"
  title @1 :Text;
  logKey @2 :Data $Json.hex;          # Ed25519: signs checkpoints; also the key of the server's own device chain
  serverDevice @3 :Data $Json.hex;
  recoveryKey @4 :Data $Json.hex;     # X25519
  founders @5 :List(Founder);          # three
  judgeVersion @6 :UInt32;
  training @7 :Bool;
}

struct Founder {
  account @0 :Data $Json.hex;
  title @1 :Text;
  officerKey @2 :Data $Json.hex;
  device @3 :Data $Json.hex;
  deviceKey @4 :Data $Json.hex;
}

struct UnitCreated {
  unit @0 :Data $Json.hex;            # our own immutable id; official codes are reused
  parent @1 :Data $Json.hex;          # empty for the province itself
  level @2 :Text;                      # key that ladders refer to: "province", "district", "commune"
  kind @3 :Text;                       # city, district, ward, town, commune
  code @4 :Text;                       # official code in force from validFrom
  name @5 :Text;
  validFrom @6 :Int32;                 # 0 when unchecked
}

struct UnitClosed {
  unit @0 :Data $Json.hex;
  validTo @1 :Int32;                   # last day
  successors @2 :List(Successor);
}

struct Successor {
  unit @0 :Data $Json.hex;
  whole @1 :Bool;                      # false: only a part went there
}

enum Role { administrator @0; officer @1; adviser @2; secretary @3; signer @4; auditor @5; }

struct AccountCreated {
  account @0 :Data $Json.hex;
  title @1 :Text;                      # the post, for example "Thư ký OCOP huyện Đà Bắc"; never a person's name
  name @2 :SealedField;
  unit @3 :Data $Json.hex;
}

struct SlipIssued {
  slip @0 :Data $Json.hex;
  slipKey @1 :Data $Json.hex;         # Ed25519 public key derived from the slip's secret; the secret is nowhere in the log
  account @2 :Data $Json.hex;         # whose officer key the slip adds
  unit @3 :Data $Json.hex;            # the desk's unit
  expires @4 :Int64;
}

struct DeviceEnrolled {                # first action (seq 0) of a device's chain
  slip @0 :Data $Json.hex;
  deviceKey @1 :Data $Json.hex;
  account @2 :Data $Json.hex;
  officerKey @3 :Data $Json.hex;
  slipSignature @4 :Data $Json.hex;   # by the slip key over "hoso/slip/v1" (docs/log_format.md)
}

struct OfficerKeyAdded {               # another officer on a desk that is enrolled already
  slip @0 :Data $Json.hex;
  account @1 :Data $Json.hex;
  officerKey @2 :Data $Json.hex;
  slipSignature @3 :Data $Json.hex;
}

struct MandateGranted {
  mandate @0 :Data $Json.hex;
  account @1 :Data $Json.hex;
  role @2 :Role;
  unit @3 :Data $Json.hex;
  validFrom @4 :Int32;
  validTo @5 :Int32;                   # last day; 0 = open
  legalBasis @6 :Text;
  office @7 :Data $Json.hex;          # where in the unit; empty when none is named
  field @8 :Text;                      # what the post answers for, as the province calls it
}

struct MandateEnded {
  mandate @0 :Data $Json.hex;
  reason @1 :Text;
}

struct RuleSetPublished {
  id @0 :Text;
  hash @1 :Data $Json.hex;            # SHA-256 of the uncompressed bytes
  json @2 :Data $Json.base64;         # zstd of canonical JSON of rules.capnp
}

struct RoundOpened {
  round @0 :Data $Json.hex;
  title @1 :Text;
  year @2 :UInt16;
  deadline @3 :Int32;                  # day by which the province has scored
  legalBasis @4 :Text;
}

enum Seat { chair @0; secretary @1; member @2; support @3; }  # support: advises by its field, hands in no sheet

struct CouncilEstablished {
  council @0 :Data $Json.hex;
  unit @1 :Data $Json.hex;
  stage @2 :Text;
  decisionNumber @3 :Text;
  decisionDate @4 :Int32;
  members @5 :List(CouncilMember);
  quorum @6 :UInt16;
  spreadMax @7 :UInt32;                # largest difference of two totals, hundredths
  advisers @8 :List(Adviser);          # its advisory group
}

struct CouncilMember {
  account @0 :Data $Json.hex;
  seat @1 :Seat;
  field @2 :Text;                      # assigned to it by the decision, for example "an toàn thực phẩm"
}

struct Adviser {
  account @0 :Data $Json.hex;
  field @1 :Text;
}

enum NumberKind { decision @0; certificate @1; form @2; }

struct NumberBlockGranted {
  block @0 :Data $Json.hex;
  device @1 :Data $Json.hex;
  kind @2 :NumberKind;
  pattern @3 :Text;                    # "{}" stands for the number: "{}/2023/GCN-OCOP"
  first @4 :UInt32;
  last @5 :UInt32;
}

struct Number {                        # one number out of a block
  block @0 :Data $Json.hex;
  value @1 :UInt32;
}

struct MeetingOpened {
  meeting @0 :Data $Json.hex;
  council @1 :Data $Json.hex;
  date @2 :Int32;
  publicKey @3 :Data $Json.hex;       # X25519, fresh; sheets are sealed to it
  sealedKeys @4 :List(SealedKey);      # the private half, sealed to the secretary and the chair
  dossiers @5 :List(DossierReference);
  form @6 :MeetingForm;
}

enum MeetingForm { inPerson @0; written @1; }

struct SealedKey {
  account @0 :Data $Json.hex;
  ciphertext @1 :Data $Json.hex;      # crypto_box_seal to the officer's key (Ed25519 mapped to X25519)
}

struct DossierReference {
  product @0 :Data $Json.hex;
  dossier @1 :Data $Json.hex;
}

struct MeetingClosed {
  meeting @0 :Data $Json.hex;
  privateKey @1 :Data $Json.hex;
  sheets @2 :List(Data);               # action ids of the sheets counted
}

enum DecisionKind { recognition @0; revocation @1; }

struct DecisionSigned {
  decision @0 :Data $Json.hex;
  kind @1 :DecisionKind;
  unit @2 :Data $Json.hex;
  stage @3 :Text;
  number @4 :Number;
  date @5 :Int32;
  lines @6 :List(DecisionLine);
  documentHash @7 :Data $Json.hex;    # SHA-256 of the document as it was signed; empty when none is named
}

struct DecisionLine {
  product @0 :Data $Json.hex;
  dossier @1 :Data $Json.hex;         # empty in a revocation
  stars @2 :UInt8;
  certificate @3 :Number;              # of a recognition
  certificateText @4 :Text;            # of a revocation: the certificate revoked
}

struct JudgeUpgraded {
  judgeVersion @0 :UInt32;
}

# ---- registry: the programme around the dossiers -------------------------------------------------------------------

struct OfficeCreated {                 # a department or centre inside a unit
  office @0 :Data $Json.hex;
  unit @1 :Data $Json.hex;
  name @2 :Text;
  validFrom @3 :Int32;                 # 0 when unchecked
}

struct OfficeRenamed {
  office @0 :Data $Json.hex;
  name @1 :Text;
  from @2 :Int32;                      # first day of the new name
  legalBasis @3 :Text;
}

struct UnitRenamed {                   # the unit stays the same one; what was written before keeps the name of its day
  unit @0 :Data $Json.hex;
  name @1 :Text;
  kind @2 :Text;
  code @3 :Text;
  from @4 :Int32;                      # first day of the new name
  legalBasis @5 :Text;
}

struct CalendarSet {                   # the days off of one year; a later one for the same year takes its place
  year @0 :UInt16;
  daysOff @1 :List(Int32);             # besides Saturdays and Sundays
  daysWorked @2 :List(Int32);          # Saturdays and Sundays worked in exchange
  legalBasis @3 :Text;
}

struct NoticeIssued {                  # a dispatch or plan with its deadlines and annexed lists
  notice @0 :Data $Json.hex;
  unit @1 :Data $Json.hex;
  round @2 :Data $Json.hex;           # empty when it belongs to none
  number @3 :Text;
  date @4 :Int32;
  title @5 :Text;
  deadlines @6 :List(NoticeDeadline);
  lists @7 :List(NoticeList);
  documentHash @8 :Data $Json.hex;    # SHA-256 of the document; empty when none is named
}

struct NoticeDeadline {
  stage @0 :Text;                      # key of a stage; empty for the round as a whole
  date @1 :Int32;                      # last day
  text @2 :Text;
}

enum NoticeListKind { registered @0; continues @1; lapses @2; }  # lapses: expired and not registered again

struct NoticeList {
  kind @0 :NoticeListKind;
  lines @1 :List(NoticeLine);
}

struct NoticeLine {
  product @0 :Data $Json.hex;
  certificate @1 :Text;                # of continues and lapses: the one that ran out
}

struct CouncilChanged {                # the whole membership as it stands from here on
  council @0 :Data $Json.hex;
  decisionNumber @1 :Text;
  decisionDate @2 :Int32;
  members @3 :List(CouncilMember);
  quorum @4 :UInt16;
  spreadMax @5 :UInt32;
  advisers @6 :List(Adviser);
}

struct MinutesFiled {
  meeting @0 :Data $Json.hex;
  number @1 :Text;
  date @2 :Int32;
  text @3 :Text;                       # what was agreed
  documentHash @4 :Data $Json.hex;
}

struct ResultsPublished {
  unit @0 :Data $Json.hex;
  decision @1 :Data $Json.hex;
  date @2 :Int32;
  place @3 :Text;                      # where, for example the province's portal
}

struct PackageSent {                   # a letter that takes dossiers to the next stage
  package @0 :Data $Json.hex;
  unit @1 :Data $Json.hex;
  stage @2 :Text;                      # the stage that sends
  number @3 :Text;
  date @4 :Int32;
  recipient @5 :Text;
  dossiers @6 :List(DossierReference);
  documentHash @7 :Data $Json.hex;
}

struct FormNumbered {                  # commune and province each give a registration form their own number
  unit @0 :Data $Json.hex;
  product @1 :Data $Json.hex;
  dossier @2 :Data $Json.hex;
  number @3 :Number;
  date @4 :Int32;                      # received on
}

struct ReminderSent {
  reminder @0 :Data $Json.hex;
  unit @1 :Data $Json.hex;            # who is reminded
  round @2 :Data $Json.hex;           # empty when it belongs to none
  number @3 :Text;
  date @4 :Int32;
  text @5 :Text;
}

struct DifficultyRaised {
  difficulty @0 :Data $Json.hex;
  unit @1 :Data $Json.hex;            # whose difficulty it is
  date @2 :Int32;
  text @3 :Text;
}

struct DifficultyResolved {
  difficulty @0 :Data $Json.hex;
  unit @1 :Data $Json.hex;            # as it was raised
  date @2 :Int32;
  text @3 :Text;
}

enum PromotionKind { fair @0; ecommerce @1; connection @2; other @3; }

struct PromotionHeld {
  promotion @0 :Data $Json.hex;
  unit @1 :Data $Json.hex;
  kind @2 :PromotionKind;
  title @3 :Text;
  venue @4 :Text;
  from @5 :Int32;
  to @6 :Int32;
}

# ---- device ---------------------------------------------------------------------------------------------------------

struct SessionOpened {                 # carries the officer's detached signature
  account @0 :Data $Json.hex;
  officerKey @1 :Data $Json.hex;
  firstSeq @2 :UInt64;
  expires @3 :Int64;
}

struct SlipMisused {                   # written by the server's own device
  slip @0 :Data $Json.hex;
  deviceKey @1 :Data $Json.hex;
  reason @2 :Text;
}

# ---- subject --------------------------------------------------------------------------------------------------------

struct SubjectRegistered {
  unit @0 :Data $Json.hex;
  name @1 :Text;                       # of the entity
  type @2 :Text;                       # key of the rule set's subject types
  registration @3 :Text;               # number of the business registration
  representative @4 :SealedField;
  phone @5 :SealedField;
  address @6 :SealedField;
}

# ---- product --------------------------------------------------------------------------------------------------------

struct ProductRegistered {
  unit @0 :Data $Json.hex;
  subject @1 :Data $Json.hex;
  name @2 :Text;
  productSet @3 :Text;                 # code of the rule set's product set: "tea"
  code @4 :Text;                       # (T)-(H)-(X)-(STT)-(year)
}

struct LegacyRecognised {              # a certificate from before this log
  decisionNumber @0 :Text;
  decisionDate @1 :Int32;
  certificate @2 :Text;
  stars @3 :UInt8;
  issued @4 :Int32;
  ruleSet @5 :Text;
}

struct RenewalAnswered {
  certificate @0 :Text;
  renews @1 :Bool;
  date @2 :Int32;
}

enum DossierKind { first @0; upgrade @1; reEvaluation @2; }

struct DossierOpened {
  dossier @0 :Data $Json.hex;
  kind @1 :DossierKind;
  ruleSetHash @2 :Data $Json.hex;
  round @3 :Data $Json.hex;
  filingDate @4 :Int32;
  subjectName @5 :Text;                # the facts of the subject it is filed with
  subjectType @6 :Text;
  registrationNumber @7 :Text;         # of the registration form
  carriesFrom @8 :Data $Json.hex;     # an earlier dossier of the product whose parts still hold; empty for none
}

struct FieldSet {
  dossier @0 :Data $Json.hex;
  field @1 :Text;
  value @2 :Text;
}

struct DocumentAdded {
  dossier @0 :Data $Json.hex;
  document @1 :Text;                   # key of the rule set's contents or evidence types
  title @2 :Text;
  criteria @3 :List(Text);             # criteria it is cited for
}

struct FileStored {                    # written by the server's own device once the whole file is on its disk
  root @0 :Data $Json.hex;
  size @1 :UInt64;
}

struct NoteAdded {
  dossier @0 :Data $Json.hex;
  text @1 :Text;
}

struct SelfAssessed {
  dossier @0 :Data $Json.hex;
  options @1 :Data $Json.hex;         # one byte per leaf criterion in printed order: ordinal of the option, 0 = none fits
}

struct OpinionGiven {
  dossier @0 :Data $Json.hex;
  stage @1 :Text;
  options @2 :Data $Json.hex;         # one byte per criterion the stage assesses, in printed order
  agrees @3 :Bool;
  text @4 :Text;
}

# Exclusive transitions quote the turn they were made in: how many transitions the dossier had gone through on screen.
struct Submitted {
  dossier @0 :Data $Json.hex;
  turn @1 :UInt32;
  date @2 :Int32;
}

struct Withdrawn {
  dossier @0 :Data $Json.hex;
  turn @1 :UInt32;
  reason @2 :Text;
}

struct Received {
  dossier @0 :Data $Json.hex;
  turn @1 :UInt32;
  stage @2 :Text;
  date @3 :Int32;
}

struct Returned {
  dossier @0 :Data $Json.hex;
  turn @1 :UInt32;
  stage @2 :Text;
  items @3 :List(ReturnedItem);
}

struct ReturnedItem {
  item @0 :Text;                       # key of a document, field or criterion
  reason @1 :Text;
}

struct AdvisoryReported {
  dossier @0 :Data $Json.hex;
  stage @1 :Text;
  agrees @2 :Bool;
  text @3 :Text;
}

struct SheetSubmitted {
  dossier @0 :Data $Json.hex;
  meeting @1 :Data $Json.hex;
  sealed @2 :Data $Json.hex;          # crypto_box_seal of the sheet's plaintext (docs/log_format.md, "Score sheets")
}

# An authority's decision quotes the digest of what it rests on, as shown on screen.
struct Tallied {
  dossier @0 :Data $Json.hex;
  meeting @1 :Data $Json.hex;
  stage @2 :Text;
  digest @3 :Data $Json.hex;
  sheets @4 :UInt16;
  sums @5 :List(UInt32);               # per section of the sheet, over all valid sheets, hundredths
  stars @6 :UInt8;                     # by points and gates
}

# A council that scored on paper: what its signed minutes say, typed in by those who lead it. Marked as such wherever it shows.
struct PaperTallied {
  dossier @0 :Data $Json.hex;
  council @1 :Data $Json.hex;
  stage @2 :Text;
  digest @3 :Data $Json.hex;
  minutes @4 :Text;                    # number of the minutes
  minutesHash @5 :Data $Json.hex;     # SHA-256 of the scan; empty when none is named
  date @6 :Int32;                      # of the meeting
  sheets @7 :UInt16;                   # valid ones, as the minutes say
  averages @8 :List(UInt32);           # per section of the sheet, hundredths
  stars @9 :UInt8;                     # as the minutes say: gates may have kept it below its points
}

struct Recognised {
  dossier @0 :Data $Json.hex;
  decision @1 :Data $Json.hex;
  digest @2 :Data $Json.hex;
  stars @3 :UInt8;
  certificate @4 :Number;
  issued @5 :Int32;
}

struct Forwarded {
  dossier @0 :Data $Json.hex;
  turn @1 :UInt32;
  stage @2 :Text;                      # the stage that forwards
  digest @3 :Data $Json.hex;
  date @4 :Int32;
}

struct Declined {
  dossier @0 :Data $Json.hex;
  stage @1 :Text;
  digest @2 :Data $Json.hex;
  date @3 :Int32;
  advice @4 :Text;
}

struct ResultEntered {                 # the answer of a stage that has no desk here
  dossier @0 :Data $Json.hex;
  stage @1 :Text;
  digest @2 :Data $Json.hex;
  decisionNumber @3 :Text;
  date @4 :Int32;
  average @5 :UInt32;                  # hundredths
  stars @6 :UInt8;
  certificate @7 :Text;
}

struct CertificateRevoked {
  decision @0 :Data $Json.hex;
  certificate @1 :Text;
  ground @2 :Text;                     # key of the rule set's grounds
  ruleSetHash @3 :Data $Json.hex;
  date @4 :Int32;
}

struct IdeaReviewed {                  # by the field team, before a dossier is opened; the newest one counts
  approved @0 :Bool;
  ruleSetHash @1 :Data $Json.hex;
  reasons @2 :List(Text);              # keys of the rule set's reasons; none when it is approved
  text @3 :Text;
  date @4 :Int32;
}

struct ProductCoded {
  code @0 :Text;
  date @1 :Int32;
}

struct Recused {                       # a member who may not judge this dossier
  dossier @0 :Data $Json.hex;
  council @1 :Data $Json.hex;
  account @2 :Data $Json.hex;
  reason @3 :Text;
}

struct SamplesReceived {
  dossier @0 :Data $Json.hex;
  stage @1 :Text;
  count @2 :UInt16;
  date @3 :Int32;
  text @4 :Text;                       # state, and where they are kept
}

struct ExpiryNotified {                # the written notice to the subject before a certificate runs out
  certificate @0 :Text;
  number @1 :Text;
  date @2 :Int32;
}

enum InspectionKind { periodic @0; adHoc @1; confirmation @2; }  # confirmation: the commune confirms that production stopped
enum InspectionOutcome { kept @0; remedy @1; revoke @2; }

struct Inspected {
  inspection @0 :Data $Json.hex;
  kind @1 :InspectionKind;
  outcome @2 :InspectionOutcome;
  certificate @3 :Text;
  ruleSetHash @4 :Data $Json.hex;
  ground @5 :Text;                     # of an outcome revoke: key of the rule set's grounds
  date @6 :Int32;                      # of the conclusion: the time to revoke runs from it
  text @7 :Text;
}

struct RevocationServed {
  certificate @0 :Text;
  recipients @1 :List(Text);           # the subject, agencies
  date @2 :Int32;
}

struct ComplaintFiled {
  complaint @0 :Data $Json.hex;
  date @1 :Int32;
  complainant @2 :SealedField;
  text @3 :Text;
}

struct ComplaintResolved {
  complaint @0 :Data $Json.hex;
  upheld @1 :Bool;
  number @2 :Text;                     # of the answer
  date @3 :Int32;
  text @4 :Text;
}

struct Corrected {                     # of a clerical error: what was written stays, this stands beside it
  certificate @0 :Text;                # empty: of the product itself
  item @1 :Text;                       # what was wrong: "name" of the product, or any words
  before @2 :Text;
  after @3 :Text;
  number @4 :Text;                     # of the correcting decision
  date @5 :Int32;
  reason @6 :Text;
}

struct PromotionJoined {
  promotion @0 :Data $Json.hex;
  date @1 :Int32;
  text @2 :Text;                       # what came of it
}

# ---- any stream -----------------------------------------------------------------------------------------------------

struct Adopted {
  actions @0 :List(Data);
  reason @1 :Text;
}

struct Annulled {
  actions @0 :List(Data);
  reason @1 :Text;
}
