#pragma once

#include <optional>

#include "client/cli/import_known.hpp"
#include "client/cli/import_row.hpp"
#include "client/cli/rule_keys.hpp"

namespace hoso::client::cli {

// What a row asks for as far as it is not there yet: none of the actions, or what is missing of the chain.
struct Plan {
    StreamId subject;  // nil: none is named
    StreamId product;  // nil for a row of a subject
    std::optional<domain::SubjectRegistered> new_subject;
    std::optional<domain::ProductRegistered> new_product;
    std::optional<domain::LegacyRecognised> new_certificate;
    std::optional<domain::RenewalAnswered> new_answer;
    std::map<Field, std::string> personal;  // to be sealed when the subject is recorded, and not before
    std::string remark;
    bool skipped = false;  // a certificate that is revoked: this log cannot say so of one that it never had

    bool exists() const { return !skipped && !new_subject && !new_product && !new_certificate && !new_answer; }
};

// For rows that do not say it themselves; empty where nobody does.
struct ImportDefaults {
    std::string decision;
    Date decision_date{};
    std::string rule_set;
};

// Plans the rows of one file, each on top of those before it that were taken.
class ImportPlanner {
public:
    // References must outlive this; `known` grows with take().
    ImportPlanner(ImportKind kind, const domain::Registry& registry, const UnitNames& units, ImportKnown& known,
                  ImportDefaults defaults, Instant now, Language language);

    // Errc::invalid, not_found or conflict, with what to do.
    Result<Plan> plan(const ImportRow& row) const;
    void take(const Plan& plan, std::size_t row);

private:
    // Whose a product is.
    struct Owner {
        const KnownSubject* known = nullptr;
        bool named = false;
        UnitId unit;  // where it is, or is to be registered
    };

    Result<Plan> plan_subject(const ImportRow& row) const;
    Result<Plan> plan_product(const ImportRow& row, Date day, const std::string& certificate) const;
    Result<Plan> plan_certificate(const ImportRow& row) const;
    Result<Plan> plan_revoked(const ImportRow& row, const domain::LegacyRecognised& certificate) const;
    Result<void> plan_answer(const ImportRow& row, const std::string& certificate, const KnownCertificate* known, Plan& plan) const;
    Result<const KnownProduct*> holder_of(const ImportRow& row, const UnitId& unit, const Owner& owner,
                                          const std::string& certificate) const;
    Result<Date> day_of(const ImportRow& row) const;
    Result<UnitId> unit_of(const ImportRow& row, Date day) const;
    Result<UnitId> open_unit(const UnitId& unit) const;
    Result<Owner> owner_of(const ImportRow& row, const UnitId& unit, Date day) const;
    Result<const KnownProduct*> product_of(const ImportRow& row, const UnitId& unit, const Owner& owner,
                                           const std::string& certificate) const;
    Result<void> register_subject(const ImportRow& row, const UnitId& unit, Field name, Field type, Plan& plan) const;
    Result<void> register_product(const ImportRow& row, const UnitId& unit, const Owner& owner, Plan& plan) const;
    Result<domain::LegacyRecognised> certificate_of(const ImportRow& row) const;
    Result<std::string> type_of(const ImportRow& row, Field field) const;

    std::string same_as(std::size_t row) const;
    static void add_remark(Plan& plan, const std::string& text);
    std::string known_as(const KnownProduct& product, const ImportRow& row) const;
    std::string differing(const KnownSubject& known, const ImportRow& row) const;
    std::string described(const KnownSubject& subject) const;
    Error several(const std::vector<const KnownSubject*>& subjects, const std::string& name) const;
    Error several(const std::vector<const KnownProduct*>& products, const std::string& name) const;
    std::string say(const char* vi, const char* en) const { return client::pick(language_, vi, en); }

    ImportKind kind_;
    const domain::Registry& registry_;
    const UnitNames& units_;
    ImportKnown& known_;
    ImportDefaults defaults_;
    RuleKeys keys_;
    Instant now_;
    Date today_;
    Language language_;
};

}  // namespace hoso::client::cli
