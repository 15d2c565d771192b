#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "client/cli/unit_names.hpp"
#include "client/views/look.hpp"

namespace hoso::client::cli {

// `row` is the one of the file that brings it; 0: it was there before.
struct KnownSubject {
    StreamId id;
    UnitId unit;
    std::string name;
    std::string type;
    std::string registration;
    std::size_t row = 0;
};
struct KnownCertificate {
    std::size_t row = 0;
    bool revoked = false;
    std::optional<bool> renews{};
};
struct KnownProduct {
    StreamId id;
    UnitId unit;
    StreamId subject;
    std::string name;
    std::vector<std::string> former{};                       // names that were corrected since
    std::map<std::string, KnownCertificate> certificates{};  // by their text
    std::size_t row = 0;

    bool is_called(std::string_view asked) const;  // or was
};

// The subjects, products and certificates that a file's next row meets: those that are logged, recorded here or held, and those of
// the rows above. Units count as what they have become by `today`.
class ImportKnown {
public:
    ImportKnown(const views::Look& look, const UnitNames& units, Date today);

    void add(KnownSubject subject);
    void add(KnownProduct product);
    void add_certificate(const StreamId& product, const std::string& text, const KnownCertificate& certificate);
    void answer(const StreamId& product, const std::string& certificate, bool renews);

    // Those that are one with a subject of this name and registration in the unit: the same registration, or the same name where
    // one of the two has no registration. At most `listed_max`.
    std::vector<const KnownSubject*> subjects(const UnitId& unit, const std::string& name, const std::string& registration) const;
    std::vector<const KnownSubject*> registered(const std::string& registration) const;  // in any unit
    // Of this name in the unit, or that had it before a correction: of one subject, or of anybody. At most `listed_max`.
    std::vector<const KnownProduct*> products(const UnitId& unit, const std::string& name, const StreamId& subject) const;
    std::vector<const KnownProduct*> products(const UnitId& unit, const std::string& name) const;
    std::vector<const KnownProduct*> holders(const std::string& certificate) const;  // in any unit
    const KnownSubject* subject(const StreamId& id) const;                           // null for none, as below
    const KnownProduct* product(const StreamId& id) const;

    static constexpr std::size_t listed_max = 5;

private:
    using SubjectKey = std::tuple<UnitId, std::string, std::string>;  // unit, name, registration
    using ProductKey = std::tuple<UnitId, std::string, StreamId>;     // unit, name, subject
    void add_held(const StreamId& id, const replica::Stream& stream);
    std::vector<const KnownProduct*> products_between(const ProductKey& first, const ProductKey& last) const;

    const UnitNames& units_;
    Date today_;
    std::map<StreamId, KnownSubject> subjects_;
    std::map<StreamId, KnownProduct> products_;
    std::multimap<SubjectKey, StreamId> subject_names_;
    std::multimap<std::pair<std::string, UnitId>, StreamId> registrations_;
    std::multimap<ProductKey, StreamId> product_names_;
    std::multimap<std::string, StreamId> certificates_;
};

// Streams of products that have or had one of these names, or hold one of these certificates, each as name_key.
std::vector<StreamId> products_named(const views::Look& look, const std::set<std::string>& names,
                                     const std::set<std::string>& certificates);

}  // namespace hoso::client::cli
