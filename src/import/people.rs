//! The tables of who delivers and who receives: providers, staff and clients.

use super::shape::{Column, Kind, choice, optional, required};
use super::table::{Cells, Row, Stored};
use super::value;
use super::write::{coordinate, option, yes_no};
use crate::coded::Coded;
use crate::policy::Qualification;
use crate::problem::Named;
use crate::tables::{ClientRow, Coordinates, ProviderRow, StaffRow, Transport};

impl Row for ProviderRow {
    const ID: Option<&'static str> = Some("provider_id");
    const COLUMNS: &'static [Column] = &[
        required("provider_id", Kind::Id),
        optional("name", Kind::Text),
        required("municipalities", Kind::List),
        optional("municipal", Kind::YesNo),
        optional("weekly_minutes_max", Kind::Minutes),
    ];

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let provider_id = cells.required("provider_id", value::text);
        let name = cells.optional("name", value::text);
        let municipalities = cells.required("municipalities", value::list);
        let municipal = cells.optional("municipal", value::yes_no);
        let weekly_minutes_max = cells.optional("weekly_minutes_max", value::minutes);
        Some(ProviderRow {
            provider_id: provider_id?,
            name: name?,
            municipalities: municipalities?,
            municipal: municipal?.unwrap_or(false),
            weekly_minutes_max: weekly_minutes_max?,
        })
    }
}

impl Stored for ProviderRow {
    const FILE: &'static str = "providers.csv";
    const REQUIRED: bool = true;

    fn write(&self) -> Vec<String> {
        vec![
            self.provider_id.clone(),
            option(self.name.as_ref()),
            self.municipalities.join(" "),
            yes_no(self.municipal),
            option(self.weekly_minutes_max.as_ref()),
        ]
    }
}

impl Row for StaffRow {
    const ID: Option<&'static str> = Some("staff_id");
    const COLUMNS: &'static [Column] = &[
        required("staff_id", Kind::Id),
        optional("name", Kind::Private),
        required("provider_id", Kind::Id),
        required("qualification", choice::<Qualification>()),
        required("relief_trained", Kind::YesNo),
        optional("relief_minutes_max", Kind::Minutes),
        required("transport", choice::<Transport>()),
        required("start_lat", Kind::Degrees),
        required("start_lon", Kind::Degrees),
    ];

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let staff_id = cells.required("staff_id", value::text);
        let name = cells.optional("name", value::text);
        let provider_id = cells.reference("provider_id", Named::Provider);
        let qualification = cells.required("qualification", value::code);
        let relief_trained = cells.required("relief_trained", value::yes_no);
        let relief_minutes_max = cells.optional("relief_minutes_max", value::minutes);
        let transport = cells.required("transport", value::code);
        let lat = cells.required("start_lat", value::latitude);
        let lon = cells.required("start_lon", value::longitude);
        Some(StaffRow {
            staff_id: staff_id?,
            name: name?,
            provider_id: provider_id?,
            qualification: qualification?,
            relief_trained: relief_trained?,
            relief_minutes_max: relief_minutes_max?,
            transport: transport?,
            start: Coordinates { lat: lat?, lon: lon? },
        })
    }
}

impl Stored for StaffRow {
    const FILE: &'static str = "staff.csv";
    const REQUIRED: bool = true;

    fn write(&self) -> Vec<String> {
        vec![
            self.staff_id.clone(),
            option(self.name.as_ref()),
            self.provider_id.clone(),
            self.qualification.code().to_owned(),
            yes_no(self.relief_trained),
            option(self.relief_minutes_max.as_ref()),
            self.transport.code().to_owned(),
            coordinate(self.start.lat),
            coordinate(self.start.lon),
        ]
    }
}

impl Row for ClientRow {
    const ID: Option<&'static str> = Some("client_id");
    const COLUMNS: &'static [Column] = &[
        required("client_id", Kind::Id),
        required("municipality", Kind::Text),
        required("lat", Kind::Degrees),
        required("lon", Kind::Degrees),
        optional("home_care_provider", Kind::Id),
        optional("chosen_provider", Kind::Id),
        optional("complex_needs", Kind::YesNo),
        optional("avoid_staff", Kind::List),
        optional("adult", Kind::YesNo),
        optional("name", Kind::Private),
        optional("address", Kind::Private),
        optional("protected_address", Kind::YesNo),
    ];

    fn read(cells: &mut Cells<'_>) -> Option<Self> {
        let client_id = cells.required("client_id", value::text);
        let municipality = cells.required("municipality", value::text);
        let lat = cells.required("lat", value::latitude);
        let lon = cells.required("lon", value::longitude);
        let home_care_provider = cells.optional_reference("home_care_provider", Named::Provider);
        let chosen_provider = cells.optional_reference("chosen_provider", Named::Provider);
        let complex_needs = cells.optional("complex_needs", value::yes_no);
        let avoid_staff = cells.optional("avoid_staff", value::list);
        let adult = cells.optional("adult", value::yes_no);
        let name = cells.optional("name", value::text);
        let address = cells.optional("address", value::text);
        let protected_address = cells.optional("protected_address", value::yes_no);
        Some(ClientRow {
            client_id: client_id?,
            name: name?,
            address: address?,
            protected_address: protected_address?.unwrap_or(false),
            municipality: municipality?,
            home: Coordinates { lat: lat?, lon: lon? },
            home_care_provider: home_care_provider?,
            chosen_provider: chosen_provider?,
            complex_needs: complex_needs?.unwrap_or(false),
            avoid_staff: avoid_staff?.unwrap_or_default(),
            adult: adult?.unwrap_or(true),
        })
    }
}

impl Stored for ClientRow {
    const FILE: &'static str = "clients.csv";
    const REQUIRED: bool = true;

    fn write(&self) -> Vec<String> {
        vec![
            self.client_id.clone(),
            self.municipality.clone(),
            coordinate(self.home.lat),
            coordinate(self.home.lon),
            option(self.home_care_provider.as_ref()),
            option(self.chosen_provider.as_ref()),
            yes_no(self.complex_needs),
            self.avoid_staff.join(" "),
            yes_no(self.adult),
            option(self.name.as_ref()),
            option(self.address.as_ref()),
            yes_no(self.protected_address),
        ]
    }
}
