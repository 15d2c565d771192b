#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "shared/base/flat_map.hpp"
#include "shared/domain/action.hpp"
#include "shared/domain/grade.hpp"
#include "shared/domain/registry.hpp"

// Subjects and products with their dossiers and certificates: folded from their own streams, judged with the registry.
namespace hoso::domain {

struct Subject {
    StreamId id;
    UnitId unit;
    std::string name;
    std::string type;
    std::string registration;
};

enum class Phase : std::uint8_t { drafting, submitted, received, returned, tallied, recognised, declined, withdrawn };
const char* name(Phase phase);

struct DocumentFile {
    Hash root;
    std::uint64_t size = 0;
    std::string media_type;
    Hash preview;  // zero: it has none
    std::uint32_t preview_size = 0;
};

struct CitedFile {
    std::uint64_t size = 0;
    Position stored = no_position;  // of the event by which it is whole at the province
};

struct Document {
    std::string document;
    std::string title;
    std::vector<std::string> criteria;
    bool carried = false;  // over from the dossier that this one carries on
    std::vector<DocumentFile> files{};
};

struct Opinion {
    Bytes options;
    bool agrees = false;
    std::string text;
};

struct Advice {
    AccountId adviser;
    bool agrees = false;
    std::string text;
};

struct SealedSheet {
    ActionId action;
    AccountId author;
    Bytes sealed;
};

struct Tally {
    std::string stage;
    Uuid meeting;
    std::uint16_t sheets = 0;
    std::vector<PointsSum> sums;
    std::uint8_t stars = 0;
    std::string minutes;  // of a count on paper; of a stage without a desk the number of its decision
    bool paper = false;   // a council scored on paper: the sums are those that its averages stand for
    Date date{};          // of the meeting, the minutes or that decision
    Position position = no_position;
    PointsSum sum() const;
    // By the exact sum, as averages are compared everywhere.
    bool reaches(Points average) const;
};

// Samples that a stage was handed.
struct Samples {
    std::string stage;
    std::uint16_t count = 0;
    Date date{};
    std::string text;
};

// A member who may not judge a dossier at a council.
struct Recusal {
    Uuid council;
    AccountId account;
    std::string reason;
    Position position = no_position;
};

struct Field {
    std::string value;
    Position position = no_position;  // of the action that set it
    DeviceId device;                  // where it was set: a desk has always seen what it set itself
    bool flagged = false;             // set again by somebody who had not seen it
};

struct Dossier {
    Dossier();
    Dossier(const Dossier&);
    Dossier(Dossier&&) noexcept;
    Dossier& operator=(const Dossier&);
    Dossier& operator=(Dossier&&) noexcept;
    ~Dossier();
    DossierId id;
    DossierKind kind{};
    Hash rule_set;
    Uuid round;
    Date filing_date{};
    std::string subject_name;
    std::string subject_type;
    Phase phase = Phase::drafting;
    std::uint8_t stage = 0;  // index in the rule set's ladder
    std::uint32_t turn = 0;  // exclusive transitions so far
    Date since{};            // in this phase: the day stated, or that of receipt
    DossierId carries_from;  // nil: begun from nothing
    Position last_transition = no_position;
    std::map<std::string, Field> fields;
    std::vector<Document> documents;
    std::size_t notes = 0;
    Bytes self_assessment;
    FlatMap<std::string, Opinion> opinions;            // by stage
    FlatMap<std::string, std::vector<Advice>> advice;  // by stage
    std::vector<ReturnedItem> returned_items;
    FlatMap<Uuid, FlatMap<AccountId, SealedSheet>> sheets;  // by meeting
    std::vector<Recusal> recusals;
    std::vector<Samples> samples;
    std::optional<Tally> tally;       // newest
    std::uint8_t meetings = 0;        // tallied at this stage
    std::vector<Uuid> counted;        // meetings whose sheets were tallied, at any stage
    bool way_on = false;              // recognised, and its average lets it go to a further stage
    std::vector<ActionId> effective;  // what it rests on, in order of effect; notes left out
    // Before the position: who closes a meeting knows whose sheets it counts.
    bool recused(const Uuid& council, const AccountId& account, Position before = no_position) const;
    bool ended() const;  // recognised without a way on, declined, withdrawn
};

struct Certificate {
    std::string text;
    std::uint8_t stars = 0;
    Date issued{};
    Date last_day{};
    bool revoked = false;
    bool legacy = false;
    std::string ground;
    std::optional<bool> renews;
    DossierId dossier;       // nil for a legacy one
    std::string decision{};  // number of the decision, as printed
    Date decision_date{};
    std::string rule_set{};  // id of the regulation
    Date revoked_on{};
    std::vector<ExpiryNotified> notified{};
    std::vector<RevocationServed> served{};
};

struct Complaint {
    ComplaintFiled filed;
    std::optional<ComplaintResolved> resolved;
};

// What happens to a product outside its dossiers.
struct Care {
    std::optional<IdeaReviewed> idea;  // newest
    std::vector<ProductCoded> codes;   // given after the registration
    std::vector<Inspected> inspections;
    std::vector<Complaint> complaints;
    std::vector<Corrected> corrections;
    std::vector<PromotionJoined> promotions;
};

struct Product {
    Product();
    Product(const Product&);
    Product(Product&&) noexcept;
    Product& operator=(const Product&);
    Product& operator=(Product&&) noexcept;
    ~Product();
    StreamId id;
    UnitId unit;
    StreamId subject;
    std::string name;
    std::string product_set;
    std::string code;
    std::map<DossierId, Dossier> dossiers;
    std::vector<Certificate> certificates;
    Care care;
    std::map<Hash, CitedFile> files;  // by root: what documents cite, previews too
    const Dossier* dossier(const DossierId& id) const;
    const Dossier* open_dossier() const;  // the one under way
    const Certificate* certificate(std::string_view text) const;
};

// A certificate with these stars exists under some regulation that was published.
bool gets_certificate(const Registry& registry, std::uint8_t stars);

// Under the regulation that it names, where that is published; under those before this log a certificate held for three years.
Date last_day_of(const Registry& registry, const LegacyRecognised& action);

Hash digest(const Dossier& dossier);  // docs/log_format.md section 5
Hash summary(const Product& product);

}  // namespace hoso::domain
