#include "client/cli/import_plan.hpp"

#include <algorithm>

#include "client/cli/import_cells.hpp"
#include "client/text/unicode.hpp"
#include "client/views/parts.hpp"
#include "shared/io/key_file.hpp"

namespace hoso::client::cli {
namespace {

// Of a rule set, as against words that no rule set knows.
bool is_key(std::string_view text) {
    return !text.empty() && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

}  // namespace

ImportPlanner::ImportPlanner(ImportKind kind, const domain::Registry& registry, const UnitNames& units, ImportKnown& known,
                             ImportDefaults defaults, Instant now, Language language)
    : kind_(kind),
      registry_(registry),
      units_(units),
      known_(known),
      defaults_(std::move(defaults)),
      keys_(registry),
      now_(now),
      today_(local_date(now)),
      language_(language) {}

Result<Plan> ImportPlanner::plan(const ImportRow& row) const {
    switch (kind_) {
        case ImportKind::subjects: return plan_subject(row);
        case ImportKind::products: {
            const auto day = day_of(row);
            return day ? plan_product(row, *day, {}) : day.error();
        }
        case ImportKind::certificates: return plan_certificate(row);
    }
    return Error{Errc::internal, "no such import"};
}

void ImportPlanner::take(const Plan& plan, std::size_t row) {
    if (plan.new_subject) {
        const auto& made = *plan.new_subject;
        known_.add(KnownSubject{plan.subject, made.unit, made.name, made.type, made.registration, row});
    }
    if (plan.new_product) {
        const auto& made = *plan.new_product;
        known_.add(KnownProduct{plan.product, made.unit, made.subject, made.name, {}, {}, row});
    }
    if (plan.new_certificate) known_.add_certificate(plan.product, plan.new_certificate->certificate, {row});
    if (plan.new_answer) known_.answer(plan.product, plan.new_answer->certificate, plan.new_answer->renews);
}

// ---- subjects -----------------------------------------------------------------------------------------------------------

Result<Plan> ImportPlanner::plan_subject(const ImportRow& row) const {
    const auto name = row.need(Field::name);
    if (!name) return name.error();
    const auto unit = unit_of(row, today_);
    if (!unit) return unit.error();
    const auto found = known_.subjects(*unit, *name, row[Field::registration]);
    if (found.size() > 1) return several(found, *name);
    Plan plan;
    if (found.size() == 1) {
        plan.subject = found.front()->id;
        plan.remark = same_as(found.front()->row) + differing(*found.front(), row);
        return plan;
    }
    if (const auto done = register_subject(row, *unit, Field::name, Field::type, plan); !done) return done.error();
    return plan;
}

Result<void> ImportPlanner::register_subject(const ImportRow& row, const UnitId& unit, Field name, Field type, Plan& plan) const {
    const auto written = row.need(name);
    if (!written) return written.error();
    const auto key = type_of(row, type);
    if (!key) return key.error();
    const auto open = open_unit(unit);
    if (!open) return open.error();
    if (!keys_.subject_type(*key) && !registry_.rule_sets.empty()) {
        add_remark(plan,
                   say("không bộ tiêu chí nào đã ban hành có loại chủ thể ", "no published rule set has the subject type ") + *key);
    }
    plan.subject = io::uuid_v7(now_);
    plan.new_subject = domain::SubjectRegistered{*open, *written, *key, row[Field::registration], {}, {}, {}};
    for (const Field field : {Field::representative, Field::phone, Field::address}) {
        if (row.has(field)) plan.personal[field] = row[field];
    }
    return {};
}

Result<std::string> ImportPlanner::type_of(const ImportRow& row, Field field) const {
    if (!row.has(field) && field == Field::subject_type) {
        return Error{Errc::not_found,
                     row[Field::subject] +
                         say(": chủ thể này chưa có ở đây. Nhập chủ thể trước (hoso import subjects), hoặc thêm cột ",
                             ": there is no such subject here. Import subjects first (hoso import subjects), or add the "
                             "column ") +
                         called(language_, kind_, Field::subject_type)};
    }
    const auto text = row.need(field);
    if (!text) return text.error();
    if (const auto key = keys_.subject_type(*text)) return *key;
    if (is_key(*text)) return *text;
    return row.wrong(field, *text +
                                say(" không phải loại chủ thể của bộ tiêu chí nào; ghi một trong: ",
                                    " is no subject type of a rule set; write one of: ") +
                                keys_.subject_types());
}

// ---- products -----------------------------------------------------------------------------------------------------------

// A year's list is true on its last day.
Result<Date> ImportPlanner::day_of(const ImportRow& row) const {
    if (!row.has(Field::year)) return today_;
    const auto year = year_from_cell(row[Field::year]);
    const auto last = year ? date_from_text(row[Field::year] + "-12-31") : std::nullopt;
    if (!last) return row.wrong(Field::year, row[Field::year] + say(" không phải năm", " is no year"));
    return std::min(*last, today_);
}

Result<Plan> ImportPlanner::plan_product(const ImportRow& row, Date day, const std::string& certificate) const {
    const auto name = row.need(Field::name);
    if (!name) return name.error();
    const auto unit = unit_of(row, day);
    if (!unit) return unit.error();
    const auto owner = owner_of(row, *unit, day);
    if (!owner) return owner.error();
    const auto product = product_of(row, *unit, *owner, certificate);
    if (!product) return product.error();
    Plan plan;
    if (owner->known) plan.subject = owner->known->id;
    if (const KnownProduct* held = *product) {
        plan.subject = held->subject;
        plan.product = held->id;
        if (certificate.empty()) plan.remark = same_as(held->row);
        add_remark(plan, known_as(*held, row));
        return plan;
    }
    if (const auto done = register_product(row, *unit, *owner, plan); !done) return done.error();
    return plan;
}

Result<void> ImportPlanner::register_product(const ImportRow& row, const UnitId& unit, const Owner& owner, Plan& plan) const {
    const auto set = row.need(Field::set);
    if (!set) return set.error();
    const auto open = open_unit(unit);
    if (!open) return open.error();
    if (!owner.known) {
        if (!owner.named) return row.need(Field::subject).error();
        const auto done = register_subject(row, owner.unit, Field::subject, Field::subject_type, plan);
        if (!done) return done.error();
    }
    const auto others = known_.products(unit, row[Field::name]);
    if (!others.empty()) {
        const KnownSubject* other = known_.subject(others.front()->subject);
        if (other)
            add_remark(plan,
                       say("sản phẩm cùng tên của chủ thể khác: ", "another subject has a product of this name: ") + other->name);
    }
    plan.product = io::uuid_v7(now_);
    plan.new_product =
        domain::ProductRegistered{*open, plan.subject, row[Field::name], keys_.product_set(*set).value_or(*set), row[Field::code]};
    return {};
}

// The subject is looked for in its own unit, where one is written, or in the product's; by a registration number everywhere.
Result<ImportPlanner::Owner> ImportPlanner::owner_of(const ImportRow& row, const UnitId& unit, Date day) const {
    Owner owner{nullptr, row.has(Field::subject), unit};
    const std::string name = row[Field::subject], number = row[Field::registration];
    if (row.has(Field::subject_unit)) {
        const auto own = units_.find({{}, row[Field::subject_unit], {}}, day);
        if (!own) return row.wrong(Field::subject_unit, own.error().detail);
        owner.unit = *own;
    }
    if (name.empty() && number.empty()) return owner;
    auto found = known_.subjects(owner.unit, name, number);
    if (found.empty() && !row.has(Field::subject_unit)) found = known_.registered(number);
    if (found.size() > 1) return several(found, name.empty() ? number : name);
    if (found.size() == 1) owner.known = found.front();
    owner.named = owner.named || owner.known;
    return owner;
}

// Null for one that is not there.
Result<const KnownProduct*> ImportPlanner::product_of(const ImportRow& row, const UnitId& unit, const Owner& owner,
                                                      const std::string& certificate) const {
    const KnownProduct* none = nullptr;
    if (!certificate.empty()) {
        const auto holder = holder_of(row, unit, owner, certificate);
        if (!holder || *holder) return holder;
    }
    if (owner.named && !owner.known) return none;
    const auto found =
        owner.known ? known_.products(unit, row[Field::name], owner.known->id) : known_.products(unit, row[Field::name]);
    if (found.empty()) return none;
    std::vector<const KnownProduct*> now = found;  // a name that was corrected may be another product's by now
    std::erase_if(now, [&](const KnownProduct* each) { return name_key(each->name) != name_key(row[Field::name]); });
    const auto& likely = now.empty() ? found : now;
    if (likely.size() > 1 && !owner.known) return several(likely, row[Field::name]);
    return likely.front();
}

// ---- units and words ----------------------------------------------------------------------------------------------------

Result<UnitId> ImportPlanner::unit_of(const ImportRow& row, Date day) const {
    if (!row.has(Field::unit_code)) {
        if (const auto name = row.need(Field::unit); !name) return name.error();
    }
    const auto found = units_.find({row[Field::unit_code], row[Field::unit], row[Field::district]}, day);
    if (!found) return Error{found.error().code, called(language_, kind_, Field::unit) + ": " + found.error().detail};
    return found;
}

// Nothing is registered in a unit that was closed; what took it over as a whole stands for it.
Result<UnitId> ImportPlanner::open_unit(const UnitId& unit) const {
    const UnitId now = units_.current(unit, today_);
    if (units_.is_open(now, today_)) return now;
    return Error{Errc::conflict, called(language_, kind_, Field::unit) + ": " + units_.described(unit) +
                                     say(" đã kết thúc; ghi một đơn vị kế tiếp: ", " is closed; write one of its successors: ") +
                                     units_.successors(now)};
}

std::string ImportPlanner::same_as(std::size_t row) const {
    return row == 0 ? std::string{} : say("như dòng ", "the same as row ") + std::to_string(row);
}

void ImportPlanner::add_remark(Plan& plan, const std::string& text) {
    if (!text.empty()) plan.remark += (plan.remark.empty() ? "" : "; ") + text;
}

std::string ImportPlanner::known_as(const KnownProduct& product, const ImportRow& row) const {
    if (name_key(product.name) == name_key(row[Field::name])) return {};
    return say("ở đây ghi: ", "known here as: ") + product.name;
}

std::string ImportPlanner::described(const KnownSubject& subject) const {
    return subject.name + (subject.registration.empty() ? "" : ", " + subject.registration) + ", " +
           views::unit_path(registry_, subject.unit);
}

std::string ImportPlanner::differing(const KnownSubject& known, const ImportRow& row) const {
    const auto differs = [&](Field field, const std::string& here) {
        return row.has(field) && name_key(row[field]) != name_key(here);
    };
    if (!differs(Field::name, known.name) && !differs(Field::registration, known.registration)) return {};
    return (known.row == 0 ? "" : "; ") + say("ở đây ghi: ", "known here as: ") + described(known);
}

Error ImportPlanner::several(const std::vector<const KnownSubject*>& subjects, const std::string& name) const {
    std::string listed;
    for (const KnownSubject* subject : subjects) listed += (listed.empty() ? "" : "; ") + described(*subject);
    return {Errc::conflict, say("nhiều chủ thể cùng tên ", "several subjects are called ") + name +
                                say(", hãy ghi số đăng ký: ", ", write the registration: ") + listed};
}

Error ImportPlanner::several(const std::vector<const KnownProduct*>& products, const std::string& name) const {
    std::string listed;
    for (const KnownProduct* product : products) {
        const KnownSubject* subject = known_.subject(product->subject);
        listed += (listed.empty() ? "" : "; ") + (subject ? described(*subject) : product->id.hex());
    }
    return {Errc::conflict, say("nhiều sản phẩm cùng tên ", "several products are called ") + name +
                                say(", hãy ghi chủ thể: ", ", write the subject: ") + listed};
}

}  // namespace hoso::client::cli
