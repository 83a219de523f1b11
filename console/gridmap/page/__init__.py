"""What the officer sees of the map (Qt): ``view.MapView``, ``map_page.MapPage``, ``marker.Marker``."""
