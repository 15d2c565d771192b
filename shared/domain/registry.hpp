#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>

#include "shared/base/flat_map.hpp"
#include "shared/domain/action.hpp"
#include "shared/domain/rules.hpp"
#include "shared/domain/verdict.hpp"

// Who may act where, under which rules: folded from the registry stream, and part of every scope.
namespace hoso::domain {

// Nil stands for the registry and all ones for the whole log: neither may name anything else.
bool may_name(const Uuid& id);

// What a unit or an office was called, up to and including this day.
struct FormerName {
    std::string name;
    std::string kind;  // of a unit
    std::string code;  // of a unit
    Date last_day{};
};

struct Unit {
    UnitId id;
    UnitId parent;
    std::string level;
    std::string kind;
    std::string code;
    std::string name;
    Date valid_from{};
    Date valid_to{};  // Date{} = open
    std::vector<Successor> successors;
    Position closed_at = no_position;     // of the event that closed it
    std::vector<FormerName> former{};     // ascending
    FormerName named_on(Date day) const;  // last_day is Date{} for the name it has now
};

// A department or centre inside a unit.
struct Office {
    Uuid id;
    UnitId unit;
    std::string name;
    Date valid_from{};
    std::vector<FormerName> former{};  // ascending
    const std::string& named_on(Date day) const;
};

struct Account {
    AccountId id;
    std::string title;
    UnitId unit;
    bool founder = false;
};

struct Mandate {
    Uuid id;
    AccountId account;
    Role role{};
    UnitId unit;
    Date valid_from{};
    Date valid_to{};
    Position ended_at = no_position;
    Uuid office{};  // nil: none named
    std::string field{};
};

struct Device {
    DeviceId id;
    PublicKey key;
    UnitId unit;  // nil: the server and founders' desks
    bool server = false;
    bool founder = false;
    std::map<AccountId, PublicKey> officers;
};

struct Slip {
    Uuid id;
    PublicKey key;
    AccountId account;
    UnitId unit;
    Instant expires = 0;
    DeviceId used_by;  // nil: not used
};

struct Round {
    Uuid id;
    std::string title;
    std::uint16_t year = 0;
    Date deadline{};
    std::string legal_basis;
};

struct Council {
    Uuid id;
    UnitId unit;
    std::string stage;
    std::vector<CouncilMember> members;
    std::uint16_t quorum = 0;
    Points spread_max = 0;
    std::vector<Adviser> advisers{};
    std::size_t scoring() const;  // seats that hand in sheets
    const CouncilMember* find(const AccountId& account) const;
};

struct Minutes {
    std::string number;
    Date date{};
    std::string text;
    Hash document_hash;
};

struct Meeting {
    Uuid id;
    Uuid council;
    Date date{};
    BoxPublicKey public_key;
    std::vector<SealedKey> sealed_keys;
    std::vector<DossierReference> dossiers;
    MeetingForm form{};
    std::uint16_t quorum = 0;  // the council's when it was opened
    Points spread_max = 0;     // likewise
    std::vector<Minutes> minutes{};
    bool closed = false;
    Position closed_at = no_position;
    BoxPrivateKey private_key;  // once closed
    FlatSet<ActionId> sheets;   // counted, once closed
    bool lists(const StreamId& product, const DossierId& dossier) const;
};

struct NumberBlock {
    Uuid id;
    DeviceId device;
    NumberKind kind{};
    std::string pattern;
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::set<std::uint32_t> used;
    std::string text(std::uint32_t value) const;  // the pattern with the number in place of {}
};

struct Decision {
    Uuid id;
    DecisionKind kind{};
    UnitId unit;
    std::string stage;
    std::string number;  // as printed
    Date date{};
    std::vector<DecisionLine> lines;
    Hash document_hash;  // nil: no document was named
    Position position = no_position;
    std::vector<ResultsPublished> published{};
};

// The days off of a year.
struct Calendar {
    std::set<Date> off;     // besides Saturdays and Sundays
    std::set<Date> worked;  // Saturdays and Sundays all the same
    std::string legal_basis;
};

struct FormNumber {
    UnitId unit;
    std::string text;
    Date date{};
};

struct Difficulty {
    DifficultyRaised raised;
    std::optional<DifficultyResolved> resolved;
};

struct Registry {
    Registry();
    Registry(const Registry&);
    Registry(Registry&&) noexcept;
    Registry& operator=(const Registry&);
    Registry& operator=(Registry&&) noexcept;
    ~Registry();
    Genesis genesis;
    Date began{};  // the day of the genesis
    std::map<UnitId, Unit> units;
    UnitId root;  // the first unit; nil before it
    std::map<AccountId, Account> accounts;
    std::map<Uuid, Mandate> mandates;
    std::map<AccountId, std::vector<Uuid>> mandates_of;
    std::map<DeviceId, Device> devices;
    std::map<Uuid, Slip> slips;
    std::map<Hash, std::shared_ptr<const RuleSet>> rule_sets;
    Hash newest_rule_set;
    std::map<Uuid, Round> rounds;
    std::map<Uuid, Council> councils;
    std::map<Uuid, Meeting> meetings;
    std::map<Uuid, NumberBlock> blocks;
    std::map<NumberKind, std::set<std::string>> printed;  // numbers that decisions took: two patterns may print alike
    std::map<Uuid, Decision> decisions;
    std::map<Uuid, Office> offices;
    std::map<std::uint16_t, Calendar> calendars;  // by year
    std::map<Uuid, NoticeIssued> notices;
    std::map<Uuid, PackageSent> packages;
    std::map<DossierId, std::vector<FormNumber>> forms;
    std::map<Uuid, ReminderSent> reminders;
    std::map<Uuid, Difficulty> difficulties;
    std::map<Uuid, PromotionHeld> promotions;

    const Unit* unit(const UnitId& id) const;
    bool ended(const UnitId& id, Date day) const;  // its last day is before `day`
    // On `day`: the unit itself, or a successor of it once it is closed, also of a part: successors inherit what was the unit's.
    bool stands_for(const UnitId& unit, const UnitId& successor, Date day) const;
    bool within(const UnitId& inner, const UnitId& outer, Date day) const;   // outer stands for inner or for a unit above it
    const Unit* at_level(const UnitId& from, std::string_view level) const;  // from or its ancestor of that level
    const RuleSet* rules(const Hash& hash) const;
    const NumberBlock* holds(const Number& number, NumberKind kind, const DeviceId& device) const;
    // Scopes that a desk of this device follows: the registry, its unit and everything below, also what its unit is to inherit on a
    // day to come; {whole_log_scope()} for the root's and founders'.
    std::vector<UnitId> scopes(const Device& device) const;
};

// Some rule set that was published has a stage of this key.
bool known_stage(const Registry& registry, std::string_view key);
// One dossier at least, and none of them twice.
bool lists_each_once(const std::vector<DossierReference>& dossiers);
// A decision here took it out of a block.
bool was_printed(const Registry& registry, const std::string& certificate);

// The code is of the pattern of some regulation that was published, or none of them lays one down.
bool code_known(const Registry& registry, std::string_view code);

}  // namespace hoso::domain
