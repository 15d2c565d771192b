#include "client/cli/import_known.hpp"

#include <algorithm>

#include "client/text/unicode.hpp"

namespace hoso::client::cli {
namespace {

// Blanks and case say nothing in a number.
std::string number_key(std::string_view registration) {
    std::string key = folded(registration);
    std::erase(key, ' ');
    return key;
}

}  // namespace

ImportKnown::ImportKnown(const views::Look& look, const UnitNames& units, Date today) : units_(units), today_(today) {
    look.each_stream([this](const StreamId& id, const replica::Stream& stream) {
        if (const auto* subject = std::get_if<domain::Subject>(&stream.content))
            add(KnownSubject{id, subject->unit, subject->name, subject->type, subject->registration});
        if (const auto* product = std::get_if<domain::Product>(&stream.content)) {
            add(KnownProduct{id, product->unit, product->subject, product->name, {}});
            for (const auto& held_by : product->certificates) add_certificate(id, held_by.text, 0);
        }
        add_held(id, stream);
    });
}

// What waits for a person is not to be entered a second time.
void ImportKnown::add_held(const StreamId& id, const replica::Stream& stream) {
    for (const auto& [action, held] : stream.held) {
        if (const auto* subject = std::get_if<domain::SubjectRegistered>(&held.action.body))
            add(KnownSubject{id, subject->unit, subject->name, subject->type, subject->registration});
        if (const auto* product = std::get_if<domain::ProductRegistered>(&held.action.body))
            add(KnownProduct{id, product->unit, product->subject, product->name, {}});
    }
    for (const auto& [action, held] : stream.held) {
        if (const auto* legacy = std::get_if<domain::LegacyRecognised>(&held.action.body))
            add_certificate(id, legacy->certificate, 0);
    }
}

void ImportKnown::add(KnownSubject subject) {
    const UnitId unit = units_.current(subject.unit, today_);
    const std::string number = number_key(subject.registration);
    const StreamId id = subject.id;
    if (!subjects_.emplace(id, subject).second) return;
    subject_names_.emplace(SubjectKey{unit, name_key(subject.name), number}, id);
    if (!number.empty()) registrations_.emplace(std::pair{number, unit}, id);
}

void ImportKnown::add(KnownProduct product) {
    const StreamId id = product.id;
    const ProductKey key{units_.current(product.unit, today_), name_key(product.name), product.subject};
    if (products_.emplace(id, std::move(product)).second) product_names_.emplace(key, id);
}

void ImportKnown::add_certificate(const StreamId& product, const std::string& text, std::size_t row) {
    const auto found = products_.find(product);
    if (found != products_.end()) found->second.certificates.emplace(name_key(text), row);
}

std::vector<const KnownSubject*> ImportKnown::subjects(const UnitId& unit, const std::string& name,
                                                       const std::string& registration) const {
    std::vector<const KnownSubject*> found;
    const UnitId now = units_.current(unit, today_);
    const std::string number = number_key(registration);
    const auto [first, last] = registrations_.equal_range({number, now});
    for (auto at = first; at != last && found.size() < listed_max; ++at) found.push_back(&subjects_.at(at->second));
    if (!found.empty()) return found;
    const std::string key = name_key(name);
    const auto take = [&](auto from, auto to) {
        for (; from != to && found.size() < listed_max; ++from) found.push_back(&subjects_.at(from->second));
    };
    if (!number.empty()) {
        const auto [unnumbered, end] = subject_names_.equal_range({now, key, ""});
        take(unnumbered, end);
    } else {
        take(subject_names_.lower_bound({now, key, ""}), subject_names_.lower_bound({now, key + '\0', ""}));
    }
    return found;
}

std::vector<const KnownSubject*> ImportKnown::registered(const std::string& registration) const {
    std::vector<const KnownSubject*> found;
    const std::string number = number_key(registration);
    if (number.empty()) return found;
    for (auto at = registrations_.lower_bound({number, UnitId{}}); at != registrations_.end() && at->first.first == number; ++at) {
        if (found.size() == listed_max) break;
        found.push_back(&subjects_.at(at->second));
    }
    return found;
}

std::vector<const KnownProduct*> ImportKnown::products_between(const ProductKey& first, const ProductKey& last) const {
    std::vector<const KnownProduct*> found;
    for (auto at = product_names_.lower_bound(first); at != product_names_.end() && at->first <= last; ++at) {
        if (found.size() == listed_max) break;
        found.push_back(&products_.at(at->second));
    }
    return found;
}

std::vector<const KnownProduct*> ImportKnown::products(const UnitId& unit, const std::string& name, const StreamId& subject) const {
    const ProductKey key{units_.current(unit, today_), name_key(name), subject};
    return products_between(key, key);
}

std::vector<const KnownProduct*> ImportKnown::products(const UnitId& unit, const std::string& name) const {
    const UnitId now = units_.current(unit, today_);
    return products_between({now, name_key(name), StreamId{}}, {now, name_key(name), whole_log_scope()});
}

const KnownSubject* ImportKnown::subject(const StreamId& id) const {
    const auto found = subjects_.find(id);
    return found == subjects_.end() ? nullptr : &found->second;
}

const KnownProduct* ImportKnown::product(const StreamId& id) const {
    const auto found = products_.find(id);
    return found == products_.end() ? nullptr : &found->second;
}

std::vector<StreamId> products_called(const views::Look& look, const std::set<std::string>& names) {
    std::vector<StreamId> found;
    look.each_stream([&](const StreamId& id, const replica::Stream& stream) {
        bool wanted = false;
        if (const auto* product = std::get_if<domain::Product>(&stream.content)) wanted = names.contains(name_key(product->name));
        for (const auto& [action, held] : stream.held) {
            const auto* registered = std::get_if<domain::ProductRegistered>(&held.action.body);
            wanted = wanted || (registered && names.contains(name_key(registered->name)));
        }
        if (wanted) found.push_back(id);
    });
    return found;
}

}  // namespace hoso::client::cli
